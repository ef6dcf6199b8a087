# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Since when and until when a member shares, to the day, where the registry's own dates do not say it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.allocation.spans import Span, german
from billing.costs.checks import check_text, refused
from billing.costs.member_days import registered_spans
from billing.costs.models import SOURCE_LENGTH, Membership
from billing.fixed_months import MonthFixed, guarded
from billing.persons import person_of
from tenants.models import Tenant
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, NotFound


def add_membership(
    *, tenant: Tenant, first: date, last: date | None = None, source: str, by: Actor, at: datetime
) -> Membership:
    """Enter the days of a membership; from then on they count instead of the registry's dates.

    Days the registry knew already change nothing, so that a membership is ended by entering them with a last day.

    Raises:
        Invalid: source or days do not hold.
        Conflict: they overlap with others of the member.
        MonthFixed: they would change a month that is calculated already.
    """
    _check_order(first, last)
    registered = _registered(tenant)
    membership = Membership(
        tenant=tenant,
        first=first,
        last=last,
        source=check_text("source", source, most=SOURCE_LENGTH),
        entered_by=person_of(by),
        entered_at=at,
    )
    try:
        with guarded("first"):
            _save(membership)
            _record(membership, "billing.membership.added", by, at)
    except MonthFixed as fixed:
        if registered is None or first == registered.first:
            raise
        sentence = _(
            "Bisher zählt die Mitgliedschaft ab %(day)s, und betroffene Monate sind schon berechnet. Nehmen Sie diesen Tag als ersten; was früher anders war, buchen Sie als Berichtigung."
        ) % {"day": german(registered.first)}
        raise MonthFixed(sentence, fields={"first": sentence}) from fixed
    return membership


def end_membership(*, membership_id: int, last: date | None, by: Actor, at: datetime) -> Membership:
    """Say on which day a membership ends, correct that day while its month is open, or with None take it back.

    Raises:
        NotFound: there is no such membership.
        Invalid: it would end before it begins.
        Conflict: the member's next one begins before.
        MonthFixed: a month that is calculated already would change.
    """
    with guarded("last"):
        membership = Membership.objects.select_for_update().filter(pk=membership_id).first()
        if membership is None:
            raise NotFound
        _check_order(membership.first, last)
        membership.last, membership.ended_by, membership.ended_at = last, person_of(by), at
        try:
            with transaction.atomic():
                membership.save(update_fields=["last", "ended_by", "ended_at"])
        except IntegrityError as error:
            sentence = _("Danach beginnt schon die nächste Mitgliedschaft. Wählen Sie einen Tag davor.")
            raise Conflict(sentence, fields={"last": sentence}) from error
        _record(membership, "billing.membership.ended", by, at)
    return membership


def _registered(tenant: Tenant) -> Span | None:
    """What counts for the member as long as nothing is entered."""
    if Membership.objects.filter(tenant=tenant).exists():
        return None
    return registered_spans().get(tenant.pk)


def _save(membership: Membership) -> None:
    try:
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError as error:
        sentence = _(
            "Für diese Tage ist schon eine Mitgliedschaft eingetragen. Beenden Sie zuerst die andere."
        )
        raise Conflict(sentence, fields={"first": sentence}) from error


def _check_order(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise refused("last", _("Der letzte Tag liegt vor dem ersten. Tauschen Sie die beiden."))


def _record(membership: Membership, action: str, by: Actor, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"tenants.tenant:{membership.tenant_id}",
        by=by,
        changes={
            "first": membership.first.isoformat(),
            "last": membership.last.isoformat() if membership.last else None,
        },
        at=at,
    )
