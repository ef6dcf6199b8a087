# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How every changing page and service is tried: one file for each package, found by its folder.

A file may hold
* `ROUTES`: key of a route (`municipality accounts-staff:invite`) -> function (Stage) -> response of the changing request;
* `SERVICES`: dotted name of a service -> function (Stage) that prepares everything and returns the call;
* `WITHOUT_ROW`: key of a route or name of a service -> why it writes no row of its own.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.test import Client

from tests.factories.accounts import PASSWORD, client_for
from tests.factories.sessions import session_key
from verbund.accounts.api import actor_for
from verbund.accounts.models import Person
from verbund.accounts.services.people import create_person
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.context import Association, Municipality

_TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass
class Stage:
    """A scope that is entered, with people to act in it."""

    scope: Municipality | Association

    @cached_property
    def chief(self) -> Person:
        """Somebody who may do everything here that a role can do."""
        role = "administrator" if isinstance(self.scope, Municipality) else "operator"
        return self.person(role)

    @property
    def by(self) -> Actor:
        return actor_for(self.chief)

    def person(self, role: str) -> Person:
        return create_person(
            email=f"{role}@stage.example",
            name=f"Bühne {role}",
            role=role,
            password=PASSWORD,
            totp_secret=_TOTP,
            by=SYSTEM,
            at=clock.now(),
        )

    def client(self, person: Person | None = None) -> Client:
        """A browser signed in as the person, otherwise as the chief."""
        return client_for(person or self.chief, self.scope)

    def confirmed(self) -> Client:
        """The chief's browser, who has just confirmed the second factor."""
        client = client_for(None, self.scope)
        client.cookies["sessionid"] = session_key(self.chief)
        return client

    def visitor(self) -> Client:
        """A browser of somebody unknown."""
        return client_for(None, self.scope)


Try = Callable[[Stage], Any]


def collect(name: str) -> dict[str, Any]:
    """All entries of that name from all files of this folder.

    Raises:
        ValueError: two files try the same thing.
    """
    found: dict[str, Any] = {}
    for info in pkgutil.iter_modules(__path__, f"{__name__}."):
        entries: dict[str, Any] = getattr(importlib.import_module(info.name), name, {})
        if doubled := found.keys() & entries.keys():
            raise ValueError(f"{info.name}: {sorted(doubled)}")
        found |= entries
    return found
