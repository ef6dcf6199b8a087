# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Views of the inbox that somebody keeps under a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.cases.models import SavedView
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Forbidden, Invalid, NotFound

MOST = 20


def saved_views(person_id: int) -> QuerySet[SavedView]:
    """One's own views by name."""
    return SavedView.objects.filter(person_id=person_id)


@transaction.atomic
def save_view(*, name: str, query: Mapping[str, str], by: Actor, at: datetime) -> SavedView:
    """Keep a view; the same name again replaces it.

    Raises:
        Forbidden: only people have views.
        Invalid: there is no name, nothing to keep, or there are twenty already.
    """
    person_id, name = _person_id(by), " ".join(name.split())
    if not name:
        raise Invalid(fields={"name": _("Bitte geben Sie der Ansicht einen Namen.")})
    others = saved_views(person_id).exclude(name=name).count()
    if others >= MOST:
        raise Invalid(
            fields={"name": _("Sie haben schon zwanzig Ansichten. Bitte entfernen Sie zuerst eine.")}
        )
    view, _made = SavedView.objects.update_or_create(
        person_id=person_id, name=name[:60], defaults={"query": dict(query)}
    )
    audit.record(action="cases.view.saved", subject=f"cases.view:{view.pk}", by=by, at=at)
    return view


@transaction.atomic
def remove_view(*, view_id: int, by: Actor, at: datetime) -> None:
    """Remove one's own view.

    Raises:
        NotFound: it is not one's own, or gone.
    """
    view = saved_views(_person_id(by)).filter(pk=view_id).first()
    if view is None:
        raise NotFound
    audit.record(action="cases.view.removed", subject=f"cases.view:{view.pk}", by=by, at=at)
    view.delete()


def _person_id(by: Actor) -> int:
    if by.kind != "person":
        raise Forbidden
    return int(by.id)
