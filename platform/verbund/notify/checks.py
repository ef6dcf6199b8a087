# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Doctor asks of the outbox: does mail go out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.kernel import clock
from verbund.kernel.context import Municipality
from verbund.kernel.ports import Diagnosis
from verbund.notify.models import Outbox, State
from verbund.notify.servers import server_in_use

_LATE = timedelta(minutes=15)
_LOOK_BACK = timedelta(days=7)


def look_at_outbox(municipality: Municipality) -> Iterator[Diagnosis]:
    """The oldest mail that waits, and what could not be delivered in a week."""
    del municipality  # the outbox is that of the entered municipality
    now = clock.now()
    oldest = Outbox.objects.filter(state=State.QUEUED).order_by("queued_at").first()
    late = oldest is not None and oldest.queued_at < now - _LATE
    failed = Outbox.objects.filter(state=State.FAILED, queued_at__gte=now - _LOOK_BACK).count()
    if late and oldest is not None:
        yield Diagnosis(code="mail_waiting", level="warning", message=_waiting(oldest), at=oldest.queued_at)
    if failed:
        message = ngettext(
            "%(number)s E-Mail war in den letzten sieben Tagen nicht zustellbar.",
            "%(number)s E-Mails waren in den letzten sieben Tagen nicht zustellbar.",
            failed,
        )
        yield Diagnosis(code="mail_failed", level="warning", message=message % {"number": failed})
    if not late and not failed:
        last = (
            Outbox.objects.filter(state=State.SENT)
            .order_by("-sent_at")
            .values_list("sent_at", flat=True)
            .first()
        )
        yield Diagnosis(code="mail", level="ok", message=_("Keine E-Mail hängt fest."), at=last)


def _waiting(oldest: Outbox) -> str:
    """Whose server it is: the association cannot mend a municipality's own."""
    own = server_in_use()
    named = {"reason": oldest.last_error or _("keiner"), "host": own.host if own else ""}
    if own is None:
        return (
            _("E-Mails warten auf den Versand. Letzter Fehler: %(reason)s. Bitte den Mailserver prüfen.")
            % named
        )
    return (
        _(
            "E-Mails warten auf den Versand über den eigenen Mailserver %(host)s. Letzter Fehler: %(reason)s. Unter „E-Mails“ kann die Kommune ihn prüfen oder wieder den des Zweckverbands nehmen."
        )
        % named
    )
