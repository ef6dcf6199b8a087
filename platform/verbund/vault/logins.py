# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A login's password while it is being changed: in Vault the next one lies beside the present until it is in force.

PostgreSQL knows one password for each role, so there is always a moment in which Vault and PostgreSQL differ.
Who finds both in Vault gets in before, during and after that moment.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from verbund.vault.process import holdings
from verbund.vault.references import Reference, read_again

_NEXT = "_next"
_LOOKS = 3


def passwords(reference: str, *, first: str) -> Iterator[str]:
    """What may open a login: first what the caller has from memory, then what Vault says when it is asked anew.

    It is asked up to three times, because an answer that was on its way during a change is old already.
    Nothing is given twice. Raises what `resolve` raises.
    """
    given = {first}
    yield first
    name_of_present = Reference.parse(reference).field
    for _look in range(_LOOKS):
        values = read_again(reference)
        for name in (name_of_present, name_of_present + _NEXT):
            password = values.get(name)
            if password is not None and password not in given:
                given.add(password)
                yield password


@dataclass(frozen=True, slots=True)
class Staged:
    """A change under way: neither password may be shown anywhere."""

    present: str = field(repr=False)
    next: str = field(repr=False)


def stage(reference: str) -> Staged:
    """Put a new password beside the present one, or find the one that an interrupted change has left there.

    Only with the provisioner's identity. Nothing is in force yet.

    Raises:
        SecretMissing: there is no present one.
        AccessDenied: of the platform's identity.
    """
    wanted, values = _read(reference)
    following = wanted.field + _NEXT
    if following not in values:
        values[following] = secrets.token_urlsafe(32)
        holdings().own.write(_path(wanted), values)
    return Staged(values[wanted.field], values[following])


def settle(reference: str) -> None:
    """Make the next password the present one; without a next one nothing changes."""
    wanted, values = _read(reference)
    following = values.pop(wanted.field + _NEXT, None)
    if following is not None:
        values[wanted.field] = following
        holdings().own.write(_path(wanted), values)


def _read(reference: str) -> tuple[Reference, dict[str, str]]:
    wanted = Reference.parse(reference)
    values: Mapping[str, str] = holdings().own.read(_path(wanted))
    return wanted, dict(values)


def _path(wanted: Reference) -> str:
    return f"{wanted.owner}/{wanted.path}"
