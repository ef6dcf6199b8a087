# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mails of the defects module, in the official language: short, with a link, no more about people than needed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from verbund.accounts.models import Person
from verbund.cases.models import TimelineEntry
from verbund.cases.status_links import make_link
from verbund.kernel.actors import Actor
from verbund.kernel.language import official_language
from verbund.modules.defects.labels import state_label
from verbund.modules.defects.links import link_to
from verbund.modules.defects.models import Category, DefectsSettings, Report, Reporter
from verbund.notify.api import queue_mail


def send_confirmation_link(report: Report, *, email: str, secret: str, by: Actor, at: datetime) -> None:
    values = {
        "action_url": link_to("defects:confirm", secret=secret),
        "action_label": "Meldung bestätigen",
    }
    _send("defects/confirm", report, to=email, values=values, by=by, at=at)


def send_receipt(report: Report, *, by: Actor, at: datetime) -> None:
    """To the reporter, when the address is confirmed."""
    _send_to_reporter("defects/received", report, values={"due_on": report.answer_due_on}, by=by, at=at)


def send_news(report: Report, entry: TimelineEntry, *, by: Actor, at: datetime) -> None:
    """A public change, to the reporter and to whoever reported the same."""
    for concerned in (report, *report.duplicates.select_related("category")):
        with official_language():
            values = {"entry": entry, "state": state_label(report.state)}
        _send_to_reporter("defects/news", concerned, values=values, by=by, at=at)


def send_to_office(report: Report, *, by: Actor, at: datetime) -> None:
    """Tell the responsible mailbox that a report came in; who sent it stands only behind the sign-in."""
    mailbox = responsible_mailbox(report.category)
    if mailbox:
        values = {
            "action_url": link_to("defects-staff:report", reference=report.reference),
            "action_label": "Meldung bearbeiten",
        }
        _send("defects/office", report, to=mailbox, values=values, by=by, at=at)


def send_reply_to_office(report: Report, *, by: Actor, at: datetime) -> None:
    """Tell whoever looks after it, else the responsible mailbox; what was answered stands only behind the sign-in."""
    assignee = report.case.assignee
    mailbox = assignee.email if assignee is not None else responsible_mailbox(report.category)
    if mailbox:
        values = {
            "action_url": link_to("defects-staff:report", reference=report.reference),
            "action_label": "Antwort lesen",
        }
        _send("defects/reply", report, to=mailbox, values=values, by=by, at=at)


def responsible_mailbox(category: Category) -> str:
    """The category's mailbox, else the municipality's for reports, else its first administrator's."""
    if category.mailbox:
        return category.mailbox
    chosen = DefectsSettings.objects.values_list("mailbox", flat=True).first()
    if chosen:
        return chosen
    administrators = Person.objects.filter(role="administrator", deactivated_at=None).order_by("pk")
    return administrators.values_list("email", flat=True).first() or ""


def _send_to_reporter(
    template: str, concerned: Report, *, values: dict[str, Any], by: Actor, at: datetime
) -> None:
    reporter = Reporter.objects.filter(report=concerned, email_confirmed_at__isnull=False).first()
    if reporter is None or not reporter.email:
        return
    # Behind the link is more than this report: it goes to the address that reported, and to nobody else.
    status = make_link(email=reporter.email, about=concerned.reference, by=by, at=at, was_asked_for=False)
    link = {
        "action_url": link_to("defects:report", reference=concerned.reference),
        "action_label": "Meldung ansehen",
        "reason": "Sie bekommen diese Nachricht, weil Sie uns etwas gemeldet haben.",
        "status_url": status.url,
        "status_until": status.expires_at,
    }
    _send(template, concerned, to=reporter.email, values={**link, **values}, by=by, at=at)


def _send(template: str, report: Report, *, to: str, values: dict[str, Any], by: Actor, at: datetime) -> None:
    queue_mail(
        to=to,
        template=template,
        context={"report": report, "reference": report.reference, **values},
        reference=f"defects.report:{report.pk}",
        by=by,
        at=at,
    )
