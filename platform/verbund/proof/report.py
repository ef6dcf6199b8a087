# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The result as data: what was tried along the five checks, how often, and what did not hold."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from verbund.kernel import clock, context
from verbund.proof.ledger import Failure, Ledger
from verbund.proof.outline import CHECKS, TRIALS


def as_report(ledger: Ledger) -> dict[str, Any]:
    """Everything a reader or a program needs; counts are of trials, not of tests."""
    return {
        "at": clock.now().isoformat(),
        "version": _version(),
        "server": _server(),
        "held": ledger.is_green,
        "tried": sum(ledger.tried.values()),
        "shown": sum(ledger.shown.values()),
        "checks": [
            {
                "check": check.value,
                "trials": [
                    {
                        "trial": trial,
                        "tried": ledger.tried[trial],
                        "shown": ledger.shown[trial],
                        "failed": sum(failure.trial == trial for failure in ledger.failures),
                    }
                    for trial in TRIALS
                    if TRIALS[trial].check is check
                ],
            }
            for check in CHECKS
        ],
        "failures": [
            {"trial": failure.trial, "subject": failure.subject, "seen": failure.seen}
            for failure in ledger.failures
        ],
        "gaps": ledger.gaps,
        "seconds": ledger.seconds,
        "counts": {"tried": dict(ledger.tried), "shown": dict(ledger.shown)},
    }


def from_report(report: dict[str, Any]) -> Ledger:
    """The ledger a report was made of."""
    ledger = Ledger()
    ledger.tried.update(report["counts"]["tried"])
    ledger.shown.update(report["counts"]["shown"])
    ledger.failures = [Failure(**failure) for failure in report["failures"]]
    ledger.gaps, ledger.seconds = report["gaps"], report["seconds"]
    return ledger


def lines_of(report: dict[str, Any]) -> list[str]:
    """The result in a few lines."""
    verdict = _("Die Trennung hat gehalten.") if report["held"] else _("Die Trennung hat NICHT gehalten.")
    lines = [
        verdict,
        _("%(tried)s Versuche, %(shown)s Gegenproben in %(seconds)s Sekunden.")
        % {
            "tried": report["tried"],
            "shown": report["shown"],
            "seconds": round(sum(report["seconds"].values())),
        },
    ]
    lines += [
        f"  {failure['trial']}: {failure['subject']}: {failure['seen']}" for failure in report["failures"]
    ]
    lines += [_("Nicht geprüft: %(reason)s") % {"reason": reason} for reason in report["gaps"].values()]
    return lines


def _version() -> str:
    try:
        return version("verbund")
    except PackageNotFoundError:
        return "unbekannt"


def _server() -> str:
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])
