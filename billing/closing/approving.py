# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The steps after the calculation: a second person approves, documents are issued, the month is closed for good."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from billing.closing.blocking import refuse_blocked, took_part
from billing.closing.computing import compute
from billing.closing.models import BillingPeriod
from billing.closing.periods import locked, must, wrong_state
from billing.closing.states import State
from billing.costs.checks import check_text
from billing.costs.models import REASON_LENGTH
from billing.fixed_months import TookPart, guarded
from billing.permissions import BillingPermission
from billing.persons import answerable
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict
from verbund.metering import rollup
from verbund.metering.periods import Period
from verbund.metering.sealing import seals


def approve_period(*, period: Period, by: Actor, at: datetime, today: date) -> BillingPeriod:
    """Seal the month's counters and approve a calculation that still is what they say; the association must be entered.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        TookPart: the person took part in the month.
        Conflict: the month is not calculated, something has to be done first, or the figures have changed since.
        Invalid: the counters cannot be sealed yet.
    """
    must(by, BillingPermission.APPROVE)
    person = answerable(by)
    with guarded("period"):
        row = locked(period)
        if row.state != State.CALCULATED or row.run is None:
            raise wrong_state(row)
        if took_part(row, person):
            sentence = _(
                "Sie haben an diesem Monat mitgewirkt. Bitten Sie eine zweite Person, die weder gerechnet noch berichtigt, noch Kosten, Schlüssel oder Preise eingetragen hat."
            )
            raise TookPart(sentence, fields={"period": sentence})
        refuse_blocked(row, State.APPROVED, today=today)
        # What is counted from now on is kept apart by the meters and can only become a correction.
        seals.seal_month(period)
        if compute(row).sha256 != row.run.sha256:
            sentence = _(
                "Die Zahlen haben sich seit der Berechnung geändert. Berechnen Sie den Monat neu und sehen Sie die Unterschiede an."
            )
            raise Conflict(sentence, fields={"period": sentence})
        row.state, row.approved_by, row.approved_at = State.APPROVED, person, at
        row.save(update_fields=["state", "approved_by", "approved_at"])
        _record(row, "billing.period.approved", by, at)
    return row


def withdraw_approval(*, period: Period, reason: str, by: Actor, at: datetime) -> BillingPeriod:
    """Take an approval back before documents are issued.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        Conflict: the month is not approved, or documents are issued.
    """
    must(by, BillingPermission.APPROVE)
    answerable(by)
    given = check_text("reason", reason, most=REASON_LENGTH)
    with guarded("period"):
        row = locked(period)
        if row.state != State.APPROVED:
            raise wrong_state(row)
        if row.documents.exists():
            sentence = _(
                "Für diesen Monat sind schon Dokumente ausgestellt. Stellen Sie die übrigen aus; was falsch ist, wird im nächsten Monat berichtigt."
            )
            raise Conflict(sentence, fields={"period": sentence})
        row.state, row.approved_by, row.approved_at = State.CALCULATED, None, None
        row.save(update_fields=["state", "approved_by", "approved_at"])
        _record(row, "billing.period.approval_withdrawn", by, at, reason=given)
    return row


def mark_issued(*, period: Period, by: Actor, at: datetime) -> BillingPeriod:
    """Say that all documents of an approved month are issued; called by whoever issues them, in its transaction.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        Conflict: the month is not approved.
    """
    must(by, BillingPermission.ISSUE)
    person = answerable(by)
    with guarded("period"):
        row = locked(period)
        if row.state != State.APPROVED:
            raise wrong_state(row)
        row.state, row.issued_by, row.issued_at = State.ISSUED, person, at
        row.save(update_fields=["state", "issued_by", "issued_at"])
        _record(row, "billing.period.issued", by, at)
    return row


def close_period(*, period: Period, by: Actor, at: datetime, today: date) -> BillingPeriod:
    """Close a month for good: its counters, statements and versions never change again, what comes later is a correction.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        Conflict: no documents are issued, or counters are not rolled up yet.
    """
    must(by, BillingPermission.CLOSE)
    person = answerable(by)
    with guarded("period"):
        row = locked(period)
        if row.state != State.ISSUED:
            raise wrong_state(row)
        rollup.roll_up()
        refuse_blocked(row, State.CLOSED, today=today)
        row.state, row.closed_by, row.closed_at = State.CLOSED, person, at
        row.save(update_fields=["state", "closed_by", "closed_at"])
        _record(row, "billing.period.closed", by, at)
    return row


def _record(row: BillingPeriod, action: str, by: Actor, at: datetime, *, reason: str = "") -> None:
    audit.record(
        action=action,
        subject=f"billing.period:{row.name}",
        by=by,
        changes={
            "state": row.state,
            "run": row.run.number if row.run else None,
            "sha256": row.run.sha256 if row.run else "",
        },
        reason=reason,
        at=at,
    )
