# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The inbox of staff."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from verbund.accounts.access import principal, requires
from verbund.staff.inbox import LABELS, Inbox, View, inbox_of
from verbund.web.forms import Form
from verbund.web.pagination import page_of


class InboxFilter(Form):
    """Narrows the inbox; its values stand in the address."""

    q = forms.CharField(label=_("Suchen"), required=False, help_text=_("Nummer oder Wörter aus dem Betreff"))
    quelle = forms.ChoiceField(label=_("Bereich"), required=False)
    ansicht = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sources: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Alle Bereiche")), *((source, source) for source in sources)]
        self.fields["quelle"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


@requires()
@require_safe
def show_inbox(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("ansicht", "")
    view = View(wanted) if wanted in set(View) else View.ALL
    source, text = request.GET.get("quelle", ""), request.GET.get("q", "")
    inbox = inbox_of(principal(request), view=view, source=source, text=text)
    return render(
        request,
        "staff/inbox.html",
        {
            "page": page_of(request, inbox.rows),
            "tabs": _tabs(inbox, view, source, text),
            "filter": InboxFilter(request.GET, sources=inbox.sources),
            "is_filtered": bool(source or text),
            "view": view,
            "unread": inbox.counts[View.UNREAD],
            "has_any": bool(inbox.sources),
        },
    )


def _tabs(inbox: Inbox, current: View, source: str, text: str) -> list[dict[str, Any]]:
    kept = {name: value for name, value in (("quelle", source), ("q", text)) if value}
    return [
        {
            "label": LABELS[view],
            "url": "?" + urlencode({**kept, **({"ansicht": view.value} if view else {})}),
            "is_current": view == current,
            "count": inbox.counts[view],
        }
        for view in View
    ]
