# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""People for tests: with a password, in the scope that is entered."""

from __future__ import annotations

import itertools
from typing import Any

from django.test import Client

from verbund.accounts.models import Person
from verbund.kernel import clock, context
from verbund.kernel.context import ASSOCIATION, Association, Municipality

PASSWORD = "korrekt-pferd-batterie"
_numbers = itertools.count(1)


def make_person(role: str = "clerk", **fields: Any) -> Person:
    """An active person with PASSWORD, unless fields say otherwise."""
    number = next(_numbers)
    now = clock.now()
    values: dict[str, Any] = {
        "email": f"person{number}@heideblick.example",
        "name": f"Person {number}",
        "role": role,
        "is_active": True,
        "invited_at": now,
        "joined_at": now,
        **fields,
    }
    password = values.pop("password", PASSWORD)
    person = Person(**values)
    person.set_password(password)
    person.save()
    return person


def client_for(
    person: Person | None, scope: Municipality | Association = ASSOCIATION, **defaults: str
) -> Client:
    """A browser on the scope's host, signed in as the person."""
    host = scope.hosts[0] if isinstance(scope, Municipality) else "verbund.localhost"
    client = Client(HTTP_HOST=host, **defaults)
    if person is not None:
        entered = context.enter(scope) if isinstance(scope, Municipality) else context.enter_association()
        with entered:
            client.force_login(person)
    return client
