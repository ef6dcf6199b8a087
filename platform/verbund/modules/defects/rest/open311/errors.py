# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Refusals as Open311 writes them: a list of code and description, with the right HTTP status."""

from __future__ import annotations

from collections.abc import Sequence

from verbund.kernel.errors import DomainError

_FORBIDDEN, _NOT_FOUND = 403, 404
# What other interfaces say with these means the same here; whatever else is wrong with the input is 400.
_KEPT = frozenset({_FORBIDDEN, _NOT_FOUND, 429})


class Refused(DomainError):
    """One or several reasons at once; each becomes an error of the document."""

    code = "open311_refused"
    status = 400

    def __init__(self, *reasons: str, status: int = 400) -> None:
        super().__init__(reasons[0] if reasons else None)
        self.reasons: Sequence[str] = reasons
        self.http_status = status


class KeyRefused(Refused):
    """The key is missing, wrong, or may not do this."""

    def __init__(self) -> None:
        super().__init__("api_key was missing or not accepted.", status=_FORBIDDEN)


class Unknown(Refused):
    """There is no such jurisdiction, service, request or token."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} was not found.", status=_NOT_FOUND)


def reasons_of(error: DomainError) -> tuple[int, list[dict[str, str]]]:
    """HTTP status and errors of a refusal."""
    if isinstance(error, Refused):
        status, reasons = error.http_status, list(error.reasons)
    else:
        status = error.status if error.status in _KEPT or error.status >= 500 else 400  # noqa: PLR2004 (the class of faults)
        reasons = [f"{name}: {reason}" for name, reason in error.fields.items()] or [str(error.message)]
    return status, [{"code": str(status), "description": reason} for reason in reasons]
