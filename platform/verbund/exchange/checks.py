# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Doctor asks of the exchange: does anything hang, was anything not delivered, did anything pretend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.exchange import keys
from verbund.exchange.models import Outgoing, State
from verbund.exchange.outbox import held
from verbund.exchange.post.models import Message
from verbund.exchange.post.models import State as PostState
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality
from verbund.kernel.ports import Diagnosis

_LATE = timedelta(hours=1)
_LOOK_BACK = timedelta(days=7)
# Reasons that an honest sender never gives.
_FORGED = ("sender", "sealed", "receiver", "reply")


def look(municipality: Municipality) -> Iterator[Diagnosis]:
    """One line for each trouble, or one that there is none."""
    found = [*_keys(), *_late(), *_failed(), *_held(municipality), *_forged(municipality)]
    if found:
        yield from found
        return
    last = Outgoing.objects.filter(state=State.DELIVERED).order_by("-done_at").first()
    yield Diagnosis(
        code="exchange",
        level="ok",
        message=_("Keine Nachricht an andere Kommunen hängt fest."),
        at=last.done_at if last else None,
    )


def _keys() -> Iterator[Diagnosis]:
    if not keys.are_published():
        yield Diagnosis(
            code="exchange.keys",
            level="warning",
            message=_(
                "Für Nachrichten anderer Kommunen fehlt noch ein Schlüssel. Er entsteht von selbst, sobald die Aufträge im Hintergrund laufen."
            ),
        )


def _late() -> Iterator[Diagnosis]:
    late = Outgoing.objects.filter(
        state__in=[State.WAITING, State.TAKEN], next_try_at__lt=clock.now() - _LATE
    ).exclude(pk__in=held().values("pk"))
    count = late.count()
    if count:
        message = ngettext(
            "%(count)s Nachricht an eine andere Kommune wartet seit über einer Stunde.",
            "%(count)s Nachrichten an andere Kommunen warten seit über einer Stunde.",
            count,
        )
        oldest = late.order_by("queued_at").values_list("queued_at", flat=True).first()
        yield Diagnosis(
            code="exchange.waiting", level="warning", message=message % {"count": count}, at=oldest
        )


def _failed() -> Iterator[Diagnosis]:
    count = Outgoing.objects.filter(state=State.UNDELIVERABLE, done_at__gte=clock.now() - _LOOK_BACK).count()
    if count:
        message = ngettext(
            "%(count)s Nachricht an eine andere Kommune war in den letzten sieben Tagen nicht zustellbar.",
            "%(count)s Nachrichten an andere Kommunen waren in den letzten sieben Tagen nicht zustellbar.",
            count,
        )
        yield Diagnosis(code="exchange.failed", level="warning", message=message % {"count": count})


def _held(municipality: Municipality) -> Iterator[Diagnosis]:
    count = held().count()
    if count:
        message = ngettext(
            "%(count)s Nachricht aus der Zeit vor der Wiederherstellung wird von hier nicht versendet.",
            "%(count)s Nachrichten aus der Zeit vor der Wiederherstellung werden von hier nicht versendet.",
            count,
        )
        yield Diagnosis(
            code="exchange.held",
            level="warning",
            message=message % {"count": count},
            at=municipality.restored_at,
        )


def _forged(municipality: Municipality) -> Iterator[Diagnosis]:
    with context.enter_association():
        count = Message.objects.filter(
            receiver=municipality.number,
            state=PostState.REFUSED,
            last_error__in=_FORGED,
            done_at__gte=clock.now() - _LOOK_BACK,
        ).count()
    if count:
        message = ngettext(
            "%(count)s Nachricht wurde abgewiesen, weil sie nicht von der genannten Kommune stammt oder verändert wurde. Bitte melden Sie das dem Verband.",
            "%(count)s Nachrichten wurden abgewiesen, weil sie nicht von der genannten Kommune stammen oder verändert wurden. Bitte melden Sie das dem Verband.",
            count,
        )
        yield Diagnosis(code="exchange.forged", level="error", message=message % {"count": count})
