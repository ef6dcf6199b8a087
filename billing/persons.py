# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who of the association's people stands behind what is done: two keys of one person are still one person."""

from __future__ import annotations

from django.utils.translation import gettext as _

from verbund.accounts.api import actor_for
from verbund.accounts.models import ApiToken, Person
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Forbidden


def person_of(by: Actor) -> int | None:
    """The person's key in the association's accounts; None for the platform itself. The association must be entered.

    Raises:
        Forbidden: nobody answers for it: a program's key without a person, support, a citizen.
    """
    if by.kind == "system":
        return None
    if by.kind == "person":
        return int(by.id)
    if by.kind == "token":
        issuer = ApiToken.objects.filter(pk=by.id).values_list("created_by_id", flat=True).first()
        if issuer is not None:
            return int(issuer)
    raise Forbidden(
        _("Dafür braucht es eine Person, die verantwortlich ist. Melden Sie sich mit Ihrem Konto an.")
    )


def answerable(by: Actor) -> int:
    """As `person_of`, for steps that no program takes on its own.

    Raises:
        Forbidden: nobody answers for it.
    """
    person = person_of(by)
    if person is None:
        raise Forbidden(
            _(
                "Diesen Schritt geht nur eine Person. Melden Sie sich mit Ihrem Konto oder einem persönlichen Schlüssel an."
            )
        )
    return person


def acting(person: int) -> Actor:
    """A person whose request a worker carries out, with the rights of today. The association must be entered.

    Raises:
        Forbidden: the person is no longer there or may not sign in.
    """
    row = Person.objects.active().filter(pk=person).first()
    if row is None:
        raise Forbidden(
            _("Wer das angestoßen hat, hat kein gültiges Konto mehr. Jemand anderes muss es erneut anstoßen.")
        )
    return actor_for(row)
