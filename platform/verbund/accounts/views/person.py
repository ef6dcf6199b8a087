# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One person as the administration sees them, and what it may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.accounts import handover, queries
from verbund.accounts.access import get_person_for, read_person_for, requires
from verbund.accounts.api import actor_of
from verbund.accounts.forms import DeactivateForm, ResetFactorsForm, RoleForm, StayForm
from verbund.accounts.links import page_url
from verbund.accounts.models import Person
from verbund.accounts.permissions import AccountsPermission
from verbund.accounts.services import factors, people, sessions
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality
from verbund.kernel.errors import DomainError
from verbund.web.forms import Form

_guard = requires(AccountsPermission.MANAGE_PEOPLE)


@_guard
@require_safe
def detail(request: HttpRequest, person_id: int) -> HttpResponse:
    return _page(request, read_person_for(actor_of(request), person_id, at=clock.now()))


@_guard
@require_POST
def renew(request: HttpRequest, person_id: int) -> HttpResponse:
    return _do(request, person_id, people.renew_invitation, _("Eine neue Einladung ist unterwegs."))


@_guard
@require_POST
def change_role(request: HttpRequest, person_id: int) -> HttpResponse:
    form = RoleForm(request.POST)
    return _do(request, person_id, people.change_role, _("Die Rolle ist geändert."), role_form=form)


@_guard
@require_POST
def change_stay(request: HttpRequest, person_id: int) -> HttpResponse:
    form = StayForm(request.POST)
    return _do(request, person_id, people.change_stay, _("Der letzte Tag ist geändert."), stay_form=form)


@_guard
@require_POST
def deactivate(request: HttpRequest, person_id: int) -> HttpResponse:
    form = DeactivateForm(request.POST, person=get_person_for(actor_of(request), person_id))

    def close(*, successor: int | None, **values: Any) -> Person:
        return people.deactivate_person(successor_id=successor, **values)

    done = _("Das Konto ist deaktiviert. Alle Sitzungen sind beendet.")
    return _do(request, person_id, close, done, deactivate_form=form)


@_guard
@require_POST
def reactivate(request: HttpRequest, person_id: int) -> HttpResponse:
    return _do(request, person_id, people.reactivate_person, _("Das Konto ist wieder offen."))


@_guard
@require_POST
def reset_factors(request: HttpRequest, person_id: int) -> HttpResponse:
    form = ResetFactorsForm(request.POST)
    done = _("Der zweite Faktor ist zurückgesetzt. Alle Sitzungen sind beendet.")
    return _do(request, person_id, factors.reset_factors, done, factors_form=form)


@_guard
@require_POST
def end_sessions(request: HttpRequest, person_id: int) -> HttpResponse:
    return _do(request, person_id, sessions.end_sessions, _("Alle Sitzungen sind beendet."))


@_guard
@require_POST
def end_session(request: HttpRequest, person_id: int, session_id: int) -> HttpResponse:
    def end(**values: Any) -> None:
        sessions.end_session(session_id=session_id, **values)

    return _do(request, person_id, end, _("Die Sitzung ist beendet."))


def _do(
    request: HttpRequest, person_id: int, service: Callable[..., object], done: str, **named_form: Form
) -> HttpResponse:
    """Call the service with the form's values; a refusal is shown on the person's page, at the form it concerns."""
    by = actor_of(request)
    person = get_person_for(by, person_id)
    form = next(iter(named_form.values()), None)
    if form is None or form.is_valid():
        values = form.cleaned_data if form else {}
        try:
            service(person_id=person.pk, by=by, at=clock.now(), **values)
        except DomainError as refusal:
            if form is None:
                messages.error(request, refusal.message)
                return redirect(page_url("person", person_id=person.pk))
            form.add_refusal(refusal)
        else:
            messages.success(request, done)
            return redirect(page_url("person", person_id=person.pk))
    return _page(request, person, status=422, form=form, **named_form)


def _page(request: HttpRequest, person: Person, *, status: int = 200, **forms: Form | None) -> HttpResponse:
    values = {
        "person": person,
        "sessions": queries.sessions_of(person),
        "factors": list(Authenticator.objects.filter(user=person).order_by("type")),
        "valid_tokens": queries.valid_tokens_of(person),
        "open_work": handover.open_work(person.pk),
        "breadcrumb_items": [(_("Personen"), page_url("people")), (person.name, "")],
        "is_self": person.pk == request.user.pk,
        "stay_form": StayForm(initial={"ends_on": person.ends_on}) if person.is_stand_in else None,
        "role_form": RoleForm(initial={"role": person.role}),
        "deactivate_form": DeactivateForm(person=person),
        "factors_form": ResetFactorsForm(),
        **_reach(person),
        **forms,
    }
    return render(request, "accounts/person.html", values, status=status)


def _reach(person: Person) -> dict[str, Any]:
    """How many members somebody of the association is limited to; a municipality's staff has no such limit."""
    if isinstance(context.current(), Municipality):
        return {}
    return {
        "reach_count": person.reach.count(),
        "reach_url": page_url("reach", person_id=person.pk),
    }
