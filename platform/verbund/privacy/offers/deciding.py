# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the archive said, and that it has what it took."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid, NotFound
from verbund.privacy.offers.errors import AlreadyDecided, NothingTaken
from verbund.privacy.offers.models import Choice, Offer


@transaction.atomic
def note_answer(*, number: int, taken: Collection[str], by: Actor, at: datetime) -> Offer:
    """Note the archive's answer: these records it takes, all others are released.

    Raises:
        NotFound: there is no such offer.
        AlreadyDecided: somebody was faster.
        Invalid: a record is not in this offer.
    """
    offer = _locked(number)
    if offer.decided_at is not None:
        raise AlreadyDecided
    wanted = set(taken)
    known = set(offer.records.filter(key__in=wanted).values_list("key", flat=True))
    if wanted - known:
        raise Invalid(
            fields={"taken": _("%(key)s gehört nicht zu dieser Anbietung.") % {"key": min(wanted - known)}}
        )
    offer.records.filter(key__in=wanted).update(choice=Choice.TAKEN)
    released = offer.records.exclude(key__in=wanted).update(choice=Choice.RELEASED)
    offer.decided_at = at
    offer.save(update_fields=["decided_at"])
    _record("answered", offer, by=by, at=at, changes={"taken": len(wanted), "released": released})
    return offer


@transaction.atomic
def note_handover(*, number: int, by: Actor, at: datetime) -> Offer:
    """Note that the archive has confirmed what it received: from now on that may be deleted here.

    Raises:
        NotFound: there is no such offer.
        NothingTaken: it took nothing, or has it already.
    """
    offer = _locked(number)
    if offer.handed_over_at is not None or not offer.records.filter(choice=Choice.TAKEN).exists():
        raise NothingTaken
    offer.handed_over_at = at
    offer.save(update_fields=["handed_over_at"])
    _record("handed_over", offer, by=by, at=at, changes={})
    return offer


def _locked(number: int) -> Offer:
    offer = Offer.objects.select_for_update().filter(number=number).first()
    if offer is None:
        raise NotFound
    return offer


def _record(what: str, offer: Offer, *, by: Actor, at: datetime, changes: dict[str, int]) -> None:
    audit.record(
        action=f"privacy.offer.{what}", subject=f"privacy.offer:{offer.pk}", by=by, changes=changes, at=at
    )
