# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Setting and removing thresholds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.alerts.models import Recipient, Threshold
from billing.permissions import BillingPermission
from verbund.accounts.api import colleagues
from verbund.audit import api as audit
from verbund.kernel import registry
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Forbidden, Invalid, NotFound

# Each is looked at every hour, and nobody reads thirty warnings.
MOST = 20
_LARGEST = 10**15


@transaction.atomic
def set_threshold(*, meter: str, amount: int, told: Collection[int], by: Actor, at: datetime) -> Threshold:
    """Tell these people, once a month, when so much is reached; without a meter the amount is cents of costs.

    Raises:
        Forbidden: the actor may not.
        Invalid: there is no such meter or person, the amount is not positive, or it is there already.
    """
    _must(by)
    known = {person.id for person in colleagues()}
    if meter and meter not in registry.meters():
        raise _refused("meter", _("Diesen Zähler gibt es nicht. Wählen Sie einen aus der Liste."))
    if not 0 < amount <= _LARGEST:
        raise _refused("amount", _("Geben Sie eine Zahl über null ein."))
    if not told or not known.issuperset(told):
        raise _refused("told", _("Wählen Sie mindestens eine Person, die Bescheid bekommt."))
    if Threshold.objects.count() >= MOST:
        raise _refused(
            "amount",
            _("Mehr als %(most)s Schwellen sind nicht vorgesehen. Entfernen Sie zuerst eine.")
            % {"most": MOST},
        )
    threshold, is_new = Threshold.objects.get_or_create(meter=meter, amount=amount)
    if not is_new:
        raise _refused("amount", _("Diese Schwelle gibt es schon."))
    Recipient.objects.bulk_create(
        Recipient(threshold=threshold, person_id=person) for person in sorted(set(told))
    )
    audit.record(
        action="billing.threshold.set",
        subject=f"billing.threshold:{threshold.pk}",
        by=by,
        changes={"meter": meter, "amount": amount, "told": sorted(set(told))},
        at=at,
    )
    return threshold


@transaction.atomic
def remove_threshold(*, threshold_id: int, by: Actor, at: datetime) -> None:
    """Tell nobody any more.

    Raises:
        Forbidden: the actor may not.
        NotFound: there is no such threshold.
    """
    _must(by)
    threshold = Threshold.objects.select_for_update().filter(pk=threshold_id).first()
    if threshold is None:
        raise NotFound
    audit.record(
        action="billing.threshold.removed",
        subject=f"billing.threshold:{threshold.pk}",
        by=by,
        changes={"meter": threshold.meter, "amount": threshold.amount},
        at=at,
    )
    threshold.delete()


def _must(by: Actor) -> None:
    if not by.may(BillingPermission.EDIT_OWN_ALERTS):
        raise Forbidden


def _refused(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={field: sentence})
