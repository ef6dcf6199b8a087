# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Steps for several cases of the inbox at once, and the way back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from verbund.accounts.access import requires
from verbund.accounts.api import actor_of, names_of
from verbund.cases import working
from verbund.cases.working import Before
from verbund.kernel import clock
from verbund.kernel.errors import Invalid
from verbund.staff.forms import PutOffForm
from verbund.staff.viewing import query_of, wanted_by

_UNDO = "staff.undo"
_UNDO_FOR = timedelta(minutes=10)


@requires()
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give the chosen cases to somebody; the next page offers to undo it."""
    by, now = actor_of(request), clock.now()
    person = request.POST.get("zuweisen-person", "")
    person_id = int(person) if person.isdecimal() else None
    try:
        befores = working.assign_cases(
            references=request.POST.getlist("vorgang"), person_id=person_id, by=by, at=now
        )
    except Invalid as error:
        return _refused(request, error)
    name = names_of({person_id})[person_id] if person_id is not None else ""
    number = len(befores)
    if not number:
        unchanged = _("Nichts geändert: zuständig war schon %(name)s.")
        messages.info(request, unchanged % {"name": name or _("niemand")})
        return _back(request)
    request.session[_UNDO] = {
        "befores": [[before.reference, before.person_id] for before in befores],
        "given_to": person_id,
        "text": ngettext("Ein Vorgang an %(name)s.", "%(number)d Vorgänge an %(name)s.", number)
        % {"number": number, "name": name or _("niemanden")},
        "at": now.isoformat(),
    }
    return _back(request)


@requires()
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take the last assignment back, where nobody has given the case on meanwhile."""
    by, now = actor_of(request), clock.now()
    kept = undo_offered(request, now)
    if kept is None:
        messages.info(request, _("Es gibt nichts mehr rückgängig zu machen."))
        return _back(request)
    number = working.take_back(
        befores=[Before(reference, person_id) for reference, person_id in kept["befores"]],
        given_to=kept["given_to"],
        by=by,
        at=now,
    )
    del request.session[_UNDO]
    messages.success(
        request,
        ngettext("Ein Vorgang ist wie vorher.", "%(number)d Vorgänge sind wie vorher.", number)
        % {"number": number},
    )
    return _back(request)


@requires()
@require_POST
def put_off(request: HttpRequest) -> HttpResponse:
    """Take the chosen cases out of the list until a day, or bring them back."""
    form = PutOffForm(request.POST, prefix="ablage")
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["until"])))
        return _back(request)
    until = form.cleaned_data["until"]
    if until is not None and until <= clock.today():
        messages.error(request, _("Bitte wählen Sie für die Wiedervorlage einen künftigen Tag."))
        return _back(request)
    try:
        number = working.put_off(
            references=request.POST.getlist("vorgang"), until=until, by=actor_of(request), at=clock.now()
        )
    except Invalid as error:
        return _refused(request, error)
    messages.success(
        request,
        ngettext("Ein Vorgang ist geändert.", "%(number)d Vorgänge sind geändert.", number)
        % {"number": number},
    )
    return _back(request)


def undo_offered(request: HttpRequest, now: datetime) -> dict[str, Any] | None:
    """The last assignment of this session, for ten minutes."""
    kept: dict[str, Any] | None = request.session.get(_UNDO)
    if kept is None or not kept["befores"] or now - datetime.fromisoformat(kept["at"]) > _UNDO_FOR:
        return None
    return kept


def _refused(request: HttpRequest, error: Invalid) -> HttpResponse:
    """Back to the list, which stands as it was, with the reason; other errors have pages of their own."""
    messages.error(request, " ".join(str(text) for text in error.fields.values()) or error.message)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    query = query_of(wanted_by(request.POST.dict(), actor_of(request)))
    return HttpResponseRedirect(reverse("staff-staff:inbox") + (f"?{urlencode(query)}" if query else ""))
