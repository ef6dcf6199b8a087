# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Doctor and the monitoring see of backups and of what was held back at a restoration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily

from tenants.archive.backups import latest
from tenants.models import BackupKind, BackupRun, Tenant
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality
from verbund.kernel.ports import Diagnosis

_LATE: Final = timedelta(hours=36)


def look_at_backups(municipality: Municipality) -> Iterable[Diagnosis]:
    """The last backup and the last trial; one of each."""
    with context.enter_association():
        yield _of_kind(municipality, BackupKind.BACKUP, late=_LATE)
        members = Tenant.objects.filter(state="ACTIVE").count()
        # One trial a night: with every member having had its turn.
        yield _of_kind(municipality, BackupKind.TRIAL, late=_LATE + timedelta(days=members))


def metrics() -> Iterator[Metric]:
    """When each member's last backup and last trial succeeded; the association must be entered."""
    backup = GaugeMetricFamily(
        "verbund_backup_last_success_timestamp_seconds", "When the last backup succeeded.", labels=("tenant",)
    )
    trial = GaugeMetricFamily(
        "verbund_backup_last_trial_timestamp_seconds",
        "When a backup was last restored for a trial.",
        labels=("tenant",),
    )
    for row in latest():
        for family, moment in ((backup, row.backup_at), (trial, row.trial_at)):
            # Never is 0, so that an alert on the age sees it.
            family.add_metric([row.slug], moment.timestamp() if moment else 0)
    yield backup
    yield trial


def _of_kind(municipality: Municipality, kind: BackupKind, *, late: timedelta) -> Diagnosis:
    runs = BackupRun.objects.filter(tenant_id=municipality.number, kind=kind).order_by("-finished_at")
    good, last = runs.filter(is_ok=True).first(), runs.first()
    code, now = f"tenants.{kind.lower()}", clock.now()
    if last is not None and not last.is_ok:
        return Diagnosis(code=code, level="error", message=last.message, at=last.finished_at)
    since = Tenant.objects.values_list("activated_at", flat=True).get(pk=municipality.number)
    begin = good.finished_at if good else since or now
    if now - begin > late:
        message = (
            _("Die letzte Sicherung ist zu alt.")
            if kind == BackupKind.BACKUP
            else _("Die letzte Probe-Wiederherstellung ist zu alt.")
        )
        return Diagnosis(code=code, level="error", message=message, at=begin)
    if good is None:
        return Diagnosis(code=code, level="ok", message=_("Steht für die nächste Nacht an."))
    return Diagnosis(code=code, level="ok", message=_("In Ordnung."), at=good.finished_at)
