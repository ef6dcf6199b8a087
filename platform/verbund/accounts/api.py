# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other packages may ask of accounts."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from verbund.accounts.guests import Guest
from verbund.accounts.models import ApiToken, Person
from verbund.accounts.permissions import permissions_of
from verbund.accounts.services.people import create_person
from verbund.kernel.actors import CITIZEN, Actor

__all__ = ["PersonName", "actor_for", "actor_of", "colleagues", "create_person", "names_of", "people_who_may"]


@dataclass(frozen=True, slots=True)
class PersonName:
    """Somebody to choose or to show."""

    id: int
    name: str


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request: the signed-in person, the program with its token, otherwise a citizen."""
    token = getattr(request, "auth", None)
    if isinstance(token, ApiToken):
        return actor_for_token(token)
    person = getattr(request, "user", None)
    return actor_for(person) if isinstance(person, Person | Guest) else CITIZEN


def actor_for(person: Person | Guest) -> Actor:
    """A person as services and the audit record see them."""
    if isinstance(person, Guest):
        return person.actor
    return Actor(
        kind="person",
        id=str(person.pk),
        role=person.role,
        name=person.shown_name,
        permissions=person.permissions,
    )


def actor_for_token(token: ApiToken) -> Actor:
    """A program as services and the audit record see it."""
    return Actor(
        kind="token", id=str(token.pk), role="token", name=token.name, permissions=frozenset(token.scopes)
    )


def people_who_may(permission: str) -> list[PersonName]:
    """Active people of the entered scope who hold a permission, in the order people expect."""
    active = Person.objects.active().order_by("sort_name", "pk").only("name", "home", "role")
    return [
        PersonName(person.pk, person.shown_name)
        for person in active
        if permission in permissions_of(person.role)
    ]


def colleagues() -> list[PersonName]:
    """Everybody active in the entered scope, in the order people expect."""
    active = Person.objects.active().order_by("sort_name", "pk").only("name", "home")
    return [PersonName(person.pk, person.shown_name) for person in active]


def names_of(ids: set[int]) -> dict[int, str]:
    """Names by key, also of people who have left."""
    people = Person.objects.filter(pk__in=ids).only("name", "home")
    return {person.pk: person.shown_name for person in people}
