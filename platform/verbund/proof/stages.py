# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The three scopes of the proof with people of every role, their sessions and a program's key."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client

from verbund.accounts.models import Person
from verbund.accounts.roles import roles
from verbund.accounts.services.people import create_person
from verbund.accounts.services.tokens import issue_token
from verbund.accounts.sessions import SessionStore
from verbund.kernel import clock, context, registry
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import ASSOCIATION, Municipality, Scope
from verbund.kernel.probes import Stage

PASSWORD_LENGTH = 24
_CHIEF = {"municipality": "administrator", "association": "operator"}
# Far enough apart that no key of one scope is one of another: else a stranger's key would find one's own row.
_KEYS_APART = 5_000


@dataclass
class Party:
    """One scope, everything it knows, and its marks that must be seen nowhere else."""

    stage: Stage
    kind: str
    token: str = field(default="", repr=False)
    secrets: set[str] = field(default_factory=set, repr=False)

    @property
    def scope(self) -> Scope:
        return self.stage.scope

    @property
    def key(self) -> str:
        return self.scope.key

    @property
    def host(self) -> str:
        return self.stage.host

    @property
    def canary(self) -> str:
        return self.stage.canary

    def enter(self) -> AbstractContextManager[Scope]:
        """Work on this scope's data."""
        return entered(self.scope)

    def session_of_chief(self) -> str:
        """The cookie of somebody who may do everything here that a role can do."""
        with self.enter():
            return self.stage.session(self.stage.person(_CHIEF[self.kind]))


@contextmanager
def entered(scope: Scope) -> Iterator[Scope]:
    if isinstance(scope, Municipality):
        with context.enter(scope):
            yield scope
    else:
        with context.enter_association():
            yield scope


def make_party(scope: Scope, canary: str, *, place: int) -> Party:
    """People, sessions and a key of the scope, and keys of rows that no other scope has.

    ``place``: 0 for the association, whose numbers stay as they are, then 1, 2.
    """
    is_municipality = isinstance(scope, Municipality)
    host = scope.hosts[0] if isinstance(scope, Municipality) else str(settings.VERBUND.association_host)
    people: dict[str, Person] = {}
    party = Party(
        stage=Stage(
            scope=scope,
            host=host,
            canary=canary,
            person=lambda role: people.get(role) or people.setdefault(role, _person(role, canary)),
            session=lambda person: _signed_in(person, party),
            browser=lambda: Client(HTTP_HOST=host, raise_request_exception=False),
        ),
        kind="municipality" if is_municipality else "association",
    )
    if place:
        _move_keys(party, place)
    with party.enter():
        permissions = {permission for spec in registry.all_specs() for permission in spec.permissions}
        _token, party.token = issue_token(
            name=f"Fachverfahren {canary}", scopes=permissions, by=SYSTEM, at=clock.now()
        )
        party.secrets.add(party.token)
    return party


def role_areas() -> dict[str, str]:
    """Each role's kind of scope."""
    return {role.slug: role.area.value for role in roles()}


def _person(role: str, canary: str) -> Person:
    return create_person(
        email=f"{role}-{canary}@nachweis.example",
        name=f"{role} {canary}",
        role=role,
        password=f"{canary}-pferd-batterie-klammer",
        by=SYSTEM,
        at=clock.now(),
    )


def _signed_in(person: Person, party: Party) -> str:
    """A session as it is after password and second factor, a moment ago."""
    store = SessionStore()
    now = time.time()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store["account_authentication_methods_user"] = str(person.pk)
    store["account_authentication_methods"] = [
        {"method": "password", "at": now},
        {"method": "mfa", "type": "totp", "at": now},
    ]
    store.create()
    key = str(store.session_key)
    party.secrets.add(key)
    return key


def _move_keys(party: Party, place: int) -> None:
    """Use numbers up, in every sequence of the schema; the role may take the next one, not set it."""
    above = dict(_sequences(ASSOCIATION))
    taken = dict(_sequences(party.scope))
    with party.enter(), connection.cursor() as cursor:
        for name, last in taken.items():
            missing = above.get(name, 0) + _KEYS_APART * place - last
            if missing > 0:
                cursor.execute(
                    "SELECT max(n) FROM (SELECT nextval(%s::regclass) AS n FROM generate_series(1, %s)) AS taken",
                    [name, missing],
                )


def _sequences(scope: Scope) -> list[tuple[str, int]]:
    with entered(scope), connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = current_schema()"
        )
        return [(str(name), int(last)) for name, last in cursor.fetchall()]
