# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sign-ins for tests of pages: people of a role, past their second factor."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from tests.factories.accounts import make_person
from verbund.accounts.models import Person
from verbund.accounts.sessions import SessionStore
from verbund.kernel import context
from verbund.kernel.context import ASSOCIATION, Association, Municipality

ASSOCIATION_HOST = "verbund.localhost"
_A_DAY = 24 * 3600
_RECORDS = "account_authentication_methods"
_RECORDS_OF = "account_authentication_methods_user"


def session_key(person: Person) -> str:
    """The cookie of a person who signed in with password and second factor; the scope must be entered.

    Nothing asks for the password anew, however long the test takes.
    """
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    now = time.time() + _A_DAY
    store[_RECORDS_OF] = str(person.pk)
    store[_RECORDS] = [{"method": "password", "at": now}, {"method": "mfa", "type": "totp", "at": now}]
    store.create()
    return str(store.session_key)


def signed_in(role: str, scope: Municipality | Association = ASSOCIATION, **fields: Any) -> Client:
    """A browser on the scope's host with a new person of that role; `client.person` is that person."""
    is_municipality = isinstance(scope, Municipality)
    entered = context.enter(scope) if isinstance(scope, Municipality) else context.enter_association()
    with entered:
        person = make_person(role, **fields)
        key = session_key(person)
    client = Client(HTTP_HOST=scope.hosts[0] if is_municipality else ASSOCIATION_HOST)
    client.cookies["sessionid"] = key
    client.person = person
    return client
