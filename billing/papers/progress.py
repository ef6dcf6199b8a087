# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people read of issuing while it goes on: how far, who is at work, what is missing and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from billing.costs.models import Regime
from billing.issuing.models import IssueRun
from verbund.jobs.models import State

# Reading out every member would drown everything else.
_TOLD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProgress:
    """``mark`` changes exactly when there is something new to show."""

    run: IssueRun
    failures: list[dict[str, Any]]
    announcement: str
    mark: str

    @property
    def is_open(self) -> bool:
        return self.run.job.is_open

    @property
    def is_done(self) -> bool:
        return bool(self.run.job.state == State.DONE)


def progress_of(run: IssueRun) -> RunProgress:
    """The newest state of a run whose job is loaded with it."""
    return RunProgress(
        run=run,
        failures=[_failure(failure) for failure in run.failures],
        announcement=_announcement(run),
        mark=f"{run.pk}-{run.job.attempt}-{run.job.state}-{run.members_done}-{len(run.failures)}".lower(),
    )


def _failure(failure: Mapping[str, Any]) -> dict[str, Any]:
    return {**failure, "regime_label": Regime(failure["regime"]).label}


def _announcement(run: IssueRun) -> str:
    if run.job.state == State.WAITING:
        return _("Der Vorgang wartet auf seinen Beginn.")
    if run.job.state == State.FAILED:
        return run.job.message
    if run.job.state == State.DONE:
        return _("Fertig: %(count)s Dokumente.") % {"count": run.documents}
    quarter = run.members_done * _TOLD // run.members if run.members else 0
    return [
        _("Der Vorgang läuft."),
        _("Ein Viertel ist fertig."),
        _("Die Hälfte ist fertig."),
        _("Drei Viertel sind fertig."),
        _("Gleich fertig."),
    ][quarter]
