# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every page shows of who is signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from verbund.accounts.guests import Guest
from verbund.accounts.models import Person
from verbund.accounts.roles import label_of
from verbund.kernel import context
from verbund.kernel.context import Municipality


def account(request: HttpRequest) -> dict[str, Any]:
    """Template context: menu of the account or the way to sign in, and the shell of the account's pages.

    Lazy: a page for citizens that does not show it asks neither session nor database.
    """
    is_municipality = isinstance(context.current_or_none(), Municipality)
    return {
        "account": SimpleLazyObject(lambda: _menu(request)),
        "login_url": _login_url(request),
        "account_shell": "web/shell_staff.html" if is_municipality else "web/shell_console.html",
    }


def _menu(request: HttpRequest) -> dict[str, Any]:
    person: object = getattr(request, "user", None)
    if isinstance(person, Guest):
        return {
            "name": person.name,
            "role": label_of(person.role),
            "links": [],
            "logout_url": person.leave_url,
        }
    if not isinstance(person, Person):
        return {}
    return {
        "name": person.name,
        "role": label_of(person.role),
        "links": [(_("Mein Konto"), reverse("account_own"))],
        "logout_url": reverse("account_logout"),
    }


def _login_url(request: HttpRequest) -> str:
    address = reverse("account_login")
    if request.path.startswith("/konto/"):
        return address
    return (
        f"{address}?{urlencode({'next': request.get_full_path()})}"
        if request.path.startswith("/verwaltung/")
        else address
    )
