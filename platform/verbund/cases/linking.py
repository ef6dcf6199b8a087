# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Links between two objects of any kind: made, shown and taken back, never widening what somebody may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.audit import api as audit
from verbund.cases.errors import LinkNotFound, MayNotChange
from verbund.cases.models import Link, Relation
from verbund.kernel import registry
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid
from verbund.kernel.offers import LinkableKind
from verbund.kernel.ports import LinkEnd

# How the second end stands to the first.
_BACKWARDS: Mapping[str, Promise | str] = {
    Relation.RELATED: Relation.RELATED.label,
    Relation.DUPLICATE: Relation.DUPLICATE.label,
    Relation.FOLLOWS: gettext_lazy("Daraus folgte"),
    Relation.PART: gettext_lazy("Dazu gehört"),
}
_EVEN = frozenset({Relation.RELATED, Relation.DUPLICATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One link as somebody sees it from one of its ends."""

    id: int
    relation: str | Promise
    end: LinkEnd


@transaction.atomic
def link_objects(*, kind: str, key: str, relation: Relation, to: str, by: Actor, at: datetime) -> Link:
    """Link an object with the one whose number was typed; the same link again changes nothing.

    Raises:
        LinkNotFound: the first object is not there, or not for this person to see.
        MayNotChange: they may read it only.
        Invalid: no second object has that number, or it is not theirs to see: both look the same.
    """
    _require_changeable(kind, key, by)
    other = _found(to, by)
    if other is None:
        raise Invalid(fields={"to": _("Unter dieser Nummer gibt es hier nichts. Bitte prüfen Sie sie.")})
    if other == (kind, key):
        raise Invalid(fields={"to": _("Bitte nennen Sie eine andere Nummer als die eigene.")})
    ends = sorted([(kind, key), other]) if relation in _EVEN else [(kind, key), other]
    (from_kind, from_key), (to_kind, to_key) = ends
    link, is_new = Link.objects.get_or_create(
        relation=relation,
        from_kind=from_kind,
        from_key=from_key,
        to_kind=to_kind,
        to_key=to_key,
        defaults={"made_at": at},
    )
    if is_new:
        _record("made", link, by=by, at=at)
    return link


@transaction.atomic
def unlink(*, link_id: int, kind: str, key: str, by: Actor, at: datetime) -> None:
    """Take a link of that object back.

    Raises:
        LinkNotFound: there is none here of which this person sees both ends.
        MayNotChange: they may read it only.
    """
    _require_changeable(kind, key, by)
    if link_id not in {shown.id for shown in links_of(kind, key, by)}:
        raise LinkNotFound
    link = Link.objects.select_for_update().filter(pk=link_id).first()
    if link is None:
        raise LinkNotFound
    _record("taken_back", link, by=by, at=at)
    link.delete()


def links_of(kind: str, key: str, who: Actor) -> list[Shown]:
    """What an object is linked with, as far as that person may see it: nothing hints at the rest."""
    links = list(
        Link.objects.filter(Q(from_kind=kind, from_key=key) | Q(to_kind=kind, to_key=key)).order_by(
            "made_at", "id"
        )
    )
    far = {link.pk: _far_end(link, kind, key) for link in links}
    ends = _described(far.values(), who)
    return [
        Shown(id=link.pk, relation=_words(link, kind, key), end=ends[far[link.pk]])
        for link in links
        if far[link.pk] in ends
    ]


def forget_links_of(kind: str, key: str) -> None:
    """Delete the links of an object that is being deleted; no audit: the row of its deletion says it."""
    Link.objects.filter(Q(from_kind=kind, from_key=key) | Q(to_kind=kind, to_key=key)).delete()


def _require_changeable(kind: str, key: str, by: Actor) -> None:
    end = _described([(kind, key)], by).get((kind, key))
    if end is None:
        raise LinkNotFound
    if not end.may_change:
        raise MayNotChange


def _found(text: str, by: Actor) -> tuple[str, str] | None:
    for kind in _kinds().values():
        key = str(registry.load(kind.find)(text))  # type: ignore[operator]  # checked by a conformance test
        if key and (kind.slug, key) in _described([(kind.slug, key)], by):
            return kind.slug, key
    return None


def _described(ends: Iterable[tuple[str, str]], who: Actor) -> dict[tuple[str, str], LinkEnd]:
    keys: dict[str, set[str]] = defaultdict(set)
    for kind, key in ends:
        keys[kind].add(key)
    found: dict[tuple[str, str], LinkEnd] = {}
    for slug, linkable in _kinds().items():
        if slug in keys:
            shown = registry.load(linkable.describe)(keys[slug], who)  # type: ignore[operator]  # checked by a conformance test
            found |= {(slug, key): end for key, end in shown.items()}
    return found


def _kinds() -> dict[str, LinkableKind]:
    """In the order in which a typed number is looked up."""
    return {kind.slug: kind for spec in registry.all_specs() for kind in spec.linkable}


def _far_end(link: Link, kind: str, key: str) -> tuple[str, str]:
    is_first = (link.from_kind, link.from_key) == (kind, key)
    return (link.to_kind, link.to_key) if is_first else (link.from_kind, link.from_key)


def _words(link: Link, kind: str, key: str) -> str | Promise:
    is_first = (link.from_kind, link.from_key) == (kind, key)
    return Relation(link.relation).label if is_first else _BACKWARDS[link.relation]


def _record(action: str, link: Link, *, by: Actor, at: datetime) -> None:
    audit.record(
        action=f"cases.link.{action}",
        subject=f"cases.link:{link.pk}",
        by=by,
        changes={
            "relation": link.relation,
            "ends": [f"{link.from_kind}:{link.from_key}", f"{link.to_kind}:{link.to_key}"],
        },
        at=at,
    )
