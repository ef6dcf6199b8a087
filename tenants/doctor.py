# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Doctor: asks every package whether a municipality is well, in its own data, and mends nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import structlog
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tenants.models import DoctorReport
from verbund.kernel import clock, context, registry
from verbund.kernel.context import Municipality
from verbund.kernel.errors import DomainError
from verbund.kernel.language import official_language
from verbund.kernel.ports import Diagnosis
from verbund.kernel.specs import DoctorCheck

Level = Literal["ok", "warning", "error"]
_WORSE: dict[str, int] = {"ok": 0, "warning": 1, "error": 2}
# No statement of a check may take longer; Vault answers within three seconds or not at all, and a check that
# walks through files stops by itself.
STATEMENT_SECONDS = 3
SLOW_SECONDS = 5.0
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """One check with what it found; ``seconds`` is how long it took."""

    name: str
    label: str
    findings: tuple[Diagnosis, ...]
    seconds: float

    @property
    def level(self) -> Level:
        return worst(finding.level for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """A municipality as all checks found it."""

    municipality: Municipality
    at: datetime
    checks: tuple[Examined, ...]

    @property
    def level(self) -> Level:
        return worst(check.level for check in self.checks)


def worst(levels: Iterable[Level]) -> Level:
    """The gravest of some levels."""
    return max(levels, key=lambda level: _WORSE[level], default="ok")


def checks() -> list[DoctorCheck]:
    """Every check any package registered, in order."""
    return sorted(
        (check for spec in registry.all_specs() for check in spec.lifecycle.doctor),
        key=lambda check: (check.order, check.name),
    )


def examine(municipality: Municipality) -> Health:
    """Run all checks; one that breaks or takes too long is itself a finding, and the others go on."""
    return Health(
        municipality=municipality,
        at=clock.now(),
        checks=tuple(_run(check, municipality) for check in checks()),
    )


def examine_and_note(municipality: Municipality) -> Health:
    """The same, kept for the overview until the next time; in the official language."""
    with official_language():
        health = examine(municipality)
    rows: list[dict[str, Any]] = [
        {"check": check.name, "level": finding.level, "code": finding.code, "message": finding.message}
        for check in health.checks
        for finding in check.findings
        if finding.level != "ok"
    ]
    with context.enter_association():
        DoctorReport.objects.update_or_create(
            tenant_id=municipality.number, defaults={"at": health.at, "level": health.level, "findings": rows}
        )
    return health


def _run(check: DoctorCheck, municipality: Municipality) -> Examined:
    began = time.monotonic()
    look: Callable[[Municipality], Iterable[Diagnosis]] = registry.load(check.check)  # type: ignore[assignment]  # checked by a conformance test
    try:
        with context.enter(municipality), transaction.atomic(), _bounded():
            findings = list(look(municipality))
    except Exception as error:
        log.exception("tenants.doctor_check_failed", check=check.name, key=municipality.key)
        findings = [_broken(error)]
    seconds = time.monotonic() - began
    if seconds > SLOW_SECONDS:
        message = _("Die Prüfung brauchte %(seconds)s Sekunden.") % {"seconds": round(seconds)}
        findings.append(Diagnosis(code="slow", level="warning", message=message))
    return Examined(name=check.name, label=str(check.label), findings=tuple(findings), seconds=seconds)


def _broken(error: Exception) -> Diagnosis:
    """Never the text of an unexpected error: it may quote data."""
    reason = error.message if isinstance(error, DomainError) else type(error).__name__
    return Diagnosis(
        code="check_failed",
        level="error",
        message=_("Die Prüfung selbst ist fehlgeschlagen: %(reason)s. Mehr steht im Protokoll des Servers.")
        % {"reason": reason.rstrip(".")},
    )


@contextmanager
def _bounded() -> Iterator[None]:
    """Limit each statement; the limit ends here, also inside a longer transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{STATEMENT_SECONDS}s"])
        yield
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [before])
