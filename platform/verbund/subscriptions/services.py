# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the wish to the last mail: asked for, confirmed by the mailbox's owner, changed, paused, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from verbund.audit import api as audit
from verbund.kernel import ids
from verbund.kernel.actors import Actor
from verbund.kernel.language import official_language
from verbund.notify.api import forget_mail, queue_mail
from verbund.subscriptions import areas
from verbund.subscriptions.areas import Area
from verbund.subscriptions.errors import LinkUnknown
from verbund.subscriptions.links import manage_url
from verbund.subscriptions.models import Rhythm, Subscription
from verbund.vault.api import blind_index

VALID = timedelta(days=7)
# Whoever knows an address must not fill its mailbox.
MOST_PER_DAY = 5
_DAY = timedelta(days=1)
REFERENCE = "subscriptions.subscription:"
_EMAIL = "subscriptions.subscription.email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to hear of, and how often."""

    area: Area
    topics: tuple[str, ...]
    rhythm: Rhythm

    def as_columns(self) -> dict[str, Any]:
        """The fields of a subscription."""
        return {**self.area.as_columns(), "topics": list(self.topics), "rhythm": self.rhythm}


def subscriptions_of(email: str) -> list[Subscription]:
    """Every subscription of that mailbox, also one nobody has confirmed."""
    rows = Subscription.objects.filter(email_index=blind_index(email, purpose=_EMAIL))
    return list(rows.order_by("pk"))


@transaction.atomic
def ask(*, email: str, wish: Wish, by: Actor, at: datetime) -> None:
    """Keep the wish and ask the mailbox's owner whether it is theirs; the caller learns nothing of what was there.

    Where that mailbox already has a subscription to the same area, its owner gets the link to it instead.
    """
    index = blind_index(email, purpose=_EMAIL)
    row = _same_area(index, wish.area)
    if row is not None:
        if row.reminded_at is not None and row.reminded_at > at - _DAY:
            return
        row.reminded_at = at
        row.save(update_fields=["reminded_at"])
        record(row, "reminded", by=by, at=at)
        _mail(row, "subscriptions/known", "Abonnement ansehen", by=by, at=at)
        return
    if Subscription.objects.filter(email_index=index, made_at__gt=at - _DAY).count() >= MOST_PER_DAY:
        return
    row = _made(email, index, wish, at)
    record(row, "asked", by=by, at=at)
    _mail(row, "subscriptions/confirm", "Abonnement bestätigen", by=by, at=at)


def subscription_of(*, secret: str, at: datetime) -> Subscription:
    """The subscription a link leads to, confirmed or still to be.

    Raises:
        LinkUnknown: there is none, or it was not confirmed in time.
    """
    return _found(Subscription.objects.all(), secret, at)


@transaction.atomic
def confirm(*, secret: str, by: Actor, at: datetime) -> Subscription:
    """Its owner wants it; a second time changes nothing.

    Raises:
        LinkUnknown: as above.
    """
    row = _locked(secret, at)
    if row.confirmed_at is None:
        row.confirmed_at = at
        row.save(update_fields=["confirmed_at"])
        record(row, "confirmed", by=by, at=at)
    return row


@transaction.atomic
def change(*, secret: str, wish: Wish, by: Actor, at: datetime) -> Subscription:
    """Another area, other topics, another rhythm.

    Raises:
        LinkUnknown: as above.
    """
    row = _locked(secret, at)
    columns = wish.as_columns()
    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, columns[name])
    if changed:
        row.save(update_fields=changed)
        record(row, "changed", by=by, at=at, changes=dict.fromkeys(changed))
    return row


@transaction.atomic
def pause(*, secret: str, is_paused: bool, by: Actor, at: datetime) -> Subscription:
    """Stop mails for a while, or let them come again; what happens in between is not told later.

    Raises:
        LinkUnknown: as above.
    """
    row = _locked(secret, at)
    if is_paused != (row.paused_at is not None):
        row.notices.all().delete()
        # Who comes back through a link reads their mail again.
        row.paused_at, row.bounced_at = (at if is_paused else None), None
        row.save(update_fields=["paused_at", "bounced_at"])
        record(row, "paused" if is_paused else "resumed", by=by, at=at)
    return row


@transaction.atomic
def unsubscribe(*, secret: str, by: Actor, at: datetime) -> bool:
    """End it and forget the mailbox at once, also mails that wait; False when it had ended before."""
    row = Subscription.objects.select_for_update().filter(secret_hash=ids.hash_of_secret(secret)).first()
    if row is None:
        return False
    forget(row)
    record(row, "ended", by=by, at=at)
    return True


@transaction.atomic
def forget_unconfirmed(*, at: datetime) -> int:
    """Delete what nobody confirmed in time; returns how many. No row in the audit: nobody ever wanted it."""
    rows = list(
        Subscription.objects.select_for_update(skip_locked=True)
        .filter(confirmed_at=None, made_at__lte=at - VALID)
        .order_by("pk")[:500]
    )
    for row in rows:
        forget(row)
    return len(rows)


def reference_of(row: Subscription) -> str:
    """What its mails and its rows in the audit are about."""
    return f"{REFERENCE}{row.pk}"


def _same_area(index: bytes, area: Area) -> Subscription | None:
    """What that mailbox has confirmed for the same area already."""
    rows = Subscription.objects.select_for_update().filter(email_index=index, confirmed_at__isnull=False)
    return rows.filter(latitude=area.latitude, longitude=area.longitude, radius_m=area.radius_m).first()


def _mail(row: Subscription, template: str, action: str, *, by: Actor, at: datetime) -> None:
    with official_language():
        name = areas.name_of(row)
    queue_mail(
        to=row.email,
        template=template,
        context={
            "area": name,
            "expires_at": row.made_at + VALID,
            "action_url": manage_url(row),
            "action_label": action,
            "reason": "Sie bekommen diese Nachricht, weil jemand mit Ihrer E-Mail-Adresse „Mein Ort“ abonnieren möchte.",
        },
        reference=reference_of(row),
        by=by,
        at=at,
    )


def _made(email: str, index: bytes, wish: Wish, at: datetime) -> Subscription:
    secret = ids.link_secret()
    return Subscription.objects.create(
        email=email.strip(),
        email_index=index,
        secret=secret,
        secret_hash=ids.hash_of_secret(secret),
        made_at=at,
        **wish.as_columns(),
    )


def forget(row: Subscription) -> None:
    """Delete it with its mails. The row keeps its key until the transaction ends, for who writes down that it is gone."""
    forget_mail(reference=reference_of(row))
    Subscription.objects.filter(pk=row.pk).delete()


def _locked(secret: str, at: datetime) -> Subscription:
    return _found(Subscription.objects.select_for_update(), secret, at)


def _found(rows: QuerySet[Subscription], secret: str, at: datetime) -> Subscription:
    row = rows.filter(secret_hash=ids.hash_of_secret(secret)).first()
    if row is None or (row.confirmed_at is None and row.made_at <= at - VALID):
        raise LinkUnknown
    return row


def record(
    row: Subscription, verb: str, *, by: Actor, at: datetime, changes: dict[str, object] | None = None
) -> None:
    """A row in the audit about it."""
    audit.record(
        action=f"subscriptions.subscription.{verb}",
        subject=reference_of(row),
        by=by,
        changes=changes or {},
        at=at,
    )
