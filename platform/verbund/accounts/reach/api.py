# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of the members somebody of the association may see and touch.

The middleware says for each request on the association's host who asks; lists and look-ups of members go through
`visible` or `check` and so need no argument that could be forgotten. Outside of a request (command line, workers)
everything is visible. The association must be entered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tenants.models import Tenant
from verbund.accounts.models import ApiToken
from verbund.accounts.reach.models import Reach
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Forbidden, NotFound

Numbers = frozenset[int] | None

_asking: ContextVar[Callable[[], Numbers] | None] = ContextVar("verbund_reach", default=None)


@contextmanager
def asked_by(find: Callable[[], Numbers]) -> Iterator[None]:
    """Limit what is visible until the block ends; ``find`` is called at the first question."""
    token = _asking.set(find)
    try:
        yield
    finally:
        _asking.reset(token)


def current() -> Numbers:
    """The numbers that are visible now; None: all."""
    find = _asking.get()
    return find() if find is not None else None


def of(by: Actor) -> Numbers:
    """The numbers somebody is limited to; a program to those of whoever issued its key. None: all."""
    person_id = _person_of(by)
    if person_id is None:
        return None
    rows = Reach.objects.filter(person_id=person_id).values_list("tenant", flat=True)
    return frozenset(rows) or None


def visible(tenants: QuerySet[Tenant]) -> QuerySet[Tenant]:
    """Those of the members that may be seen now."""
    numbers = current()
    return tenants if numbers is None else tenants.filter(number__in=numbers)


def is_visible(number: int) -> bool:
    """Whether that member may be seen now."""
    numbers = current()
    return numbers is None or number in numbers


def check(by: Actor, number: int) -> None:
    """For services that act on one member.

    Raises:
        NotFound: it is not one the actor looks after; as if it were not there.
    """
    numbers = of(by)
    if numbers is not None and number not in numbers:
        raise NotFound


def check_all(by: Actor) -> None:
    """For services that concern every member.

    Raises:
        Forbidden: the actor looks after some members only.
    """
    if of(by) is not None:
        raise Forbidden(
            _("Das betrifft alle Kommunen. Bitten Sie jemanden darum, der nicht auf einzelne beschränkt ist.")
        )


def _person_of(by: Actor) -> int | None:
    if by.kind == "person" and by.id.isdecimal():
        return int(by.id)
    if by.kind == "token" and by.id.isdecimal():
        return ApiToken.objects.filter(pk=int(by.id)).values_list("created_by_id", flat=True).first()
    return None
