# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who gets to see what: the guard of staff and console pages, and the only doors to single objects."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator

from verbund.accounts import second_factor
from verbund.accounts.guests import Guest
from verbund.accounts.models import ApiToken, Person
from verbund.accounts.permissions import AccountsPermission
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Forbidden, NotFound

View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: str | None = None) -> Callable[[View], View]:
    """Lets only signed-in people with that permission to a view (function or class); None: anybody signed in.

    Others are sent to sign in and come back afterwards. Who still needs a second factor sets it up first.

    Raises:
        Forbidden: the person may not; becomes the 403 page.
    """

    def guard(view: View) -> View:
        if isinstance(view, type):
            return method_decorator(requires(permission), name="dispatch")(view)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            refusal = _way_to_sign_in(request)
            if refusal is not None:
                return refusal
            if permission is not None and not principal(request).may(permission):
                raise Forbidden
            response: HttpResponse = view(request, *args, **kwargs)
            # Pages behind the sign-in stay out of caches; the back button must not show them after signing out.
            if not response.has_header("Cache-Control"):
                add_never_cache_headers(response)
            return response

        return guarded  # type: ignore[return-value]  # same signature as the view

    return guard


def requires_fresh_factor(view: View) -> View:
    """For steps that cannot be taken back: the person confirmed their second factor within the last minutes.

    Stands below `requires` (function or class). Without one the password counts, where none is demanded. Others are
    sent to confirm and come back to the page with the form; what they had sent is not replayed, they press again.
    A page that shows its form at the same address asks already when it is opened, so that nothing typed is lost.
    """
    if isinstance(view, type):
        return method_decorator(requires_fresh_factor, name="dispatch")(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        way = second_factor.way_to_confirm(request, signed_in(request))
        if way:
            is_form = request.method in {"GET", "HEAD"}
            return redirect_to_login(
                request.get_full_path() if is_form else _page_before(request), login_url=way
            )
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    return guarded  # type: ignore[return-value]  # same signature as the view


def may(request: HttpRequest, permission: str) -> bool:
    """The port `RequestAccess`: what `requires` asks, for packages below that hand out single files."""
    person: object = request.user
    return (
        isinstance(person, Person)
        and not second_factor.is_missing(request, person)
        and person.may(permission)
    ) or (isinstance(person, Guest) and person.may(permission))


def signed_in_only(view: View) -> View:
    """For one's own account: also before a demanded second factor is set up, which happens there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, Person):
            return redirect_to_login(
                request.get_full_path() if request.method == "GET" else _page_before(request)
            )
        response: HttpResponse = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return guarded  # type: ignore[return-value]  # same signature as the view


def signed_in(request: HttpRequest) -> Person:
    """The person of the request.

    Raises:
        Forbidden: nobody is signed in.
    """
    if not isinstance(request.user, Person):
        raise Forbidden
    return request.user


def principal(request: HttpRequest) -> Person | Guest:
    """Who works in the request: somebody with an account here, or a guest who was let in without one.

    Raises:
        Forbidden: nobody is signed in.
    """
    user: object = request.user
    if isinstance(user, Person | Guest):
        return user
    raise Forbidden


def get_person_for(by: Actor, person_id: int) -> Person:
    """A person the actor may manage.

    Raises:
        NotFound: there is none, or the actor may not manage people.
    """
    person = Person.objects.filter(pk=person_id).first() if by.may(AccountsPermission.MANAGE_PEOPLE) else None
    if person is None:
        raise NotFound
    return person


def read_person_for(by: Actor, person_id: int, *, at: datetime) -> Person:
    """A person with everything their page shows; reading a colleague's is recorded, one's own is not.

    Raises:
        NotFound: there is none, or the actor may not manage people.
    """
    person = get_person_for(by, person_id)
    if by.id != str(person.pk):
        audit.record_read(
            action="accounts.person.read",
            subject=f"accounts.person:{person.pk}",
            by=by,
            at=at,
            fields=("name", "email", "last_login", "sessions", "factors"),
        )
    return person


def get_token_for(by: Actor, token_id: int) -> ApiToken:
    """A token the actor may manage.

    Raises:
        NotFound: there is none, or the actor may not manage tokens.
    """
    token = ApiToken.objects.filter(pk=token_id).first() if by.may(AccountsPermission.MANAGE_TOKENS) else None
    if token is None:
        raise NotFound
    return token


def _way_to_sign_in(request: HttpRequest) -> HttpResponse | None:
    user: object = request.user
    if isinstance(user, Guest):
        return None  # has shown a second factor where they come from
    if not isinstance(request.user, Person):
        next_page = request.get_full_path() if request.method in {"GET", "HEAD"} else _page_before(request)
        response: HttpResponse = redirect_to_login(next_page)
        if getattr(request, "htmx", False):
            # A fragment cannot show the sign-in; htmx then moves the whole page.
            response = HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
        return response
    if second_factor.is_missing(request, request.user):
        return HttpResponseRedirect(reverse("account_factor_needed"))
    return None


def _page_before(request: HttpRequest) -> str:
    """Where a form came from: after signing in, people see it again instead of an answer to GET they did not ask for."""
    origin = f"{request.scheme}://{request.get_host()}"
    referrer = request.META.get("HTTP_REFERER", "")
    return referrer.removeprefix(origin) if referrer.startswith(f"{origin}/") else "/"
