# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of the inbox an address asks for, and the other way round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from verbund.cases.deputies import covered_by
from verbund.cases.inbox import View, Wanted
from verbund.kernel import clock
from verbund.kernel.actors import Actor

LABELS: dict[View, Promise] = {
    View.ALL: _("Alle"),
    View.MINE: _("Meine"),
    View.UNASSIGNED: _("Ohne Zuständige"),
    View.NEW: _("Ungelesen"),
    View.OVERDUE: _("Überfällig"),
    View.PUT_OFF: _("Wiedervorlage"),
}


def wanted_by(query: Mapping[str, str], by: Actor) -> Wanted:
    """What the address asks for; what it does not know is passed over."""
    view = query.get("ansicht", "")
    person_id = int(by.id) if by.kind == "person" else None
    return Wanted(
        view=View(view) if view in set(View) else View.ALL,
        kind=query.get("quelle", "")[:40],
        text=query.get("q", "")[:200],
        person_id=person_id,
        covered=covered_by(person_id, today=clock.today()) if person_id is not None else {},
    )


def query_of(wanted: Wanted) -> dict[str, str]:
    """What stands in the address, without what is empty."""
    values = {"ansicht": wanted.view.value, "quelle": wanted.kind, "q": wanted.text}
    return {name: value for name, value in values.items() if value}


def address(query: Mapping[str, str]) -> str:
    """The part of an address after its path, always in the same order; a kept view has lost its own."""
    return "?" + urlencode({name: query[name] for name in ("ansicht", "quelle", "q") if name in query})


def address_of(wanted: Wanted, view: View) -> str:
    """The same list in another view."""
    return address(query_of(replace(wanted, view=view)))
