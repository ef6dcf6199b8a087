# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds a municipality or an Amt in the official list, to fill in the form of a new member."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tenants.bodies_list import (
    KnownAssociation,
    KnownBody,
    known_association_of_bodies,
    known_associations,
    known_bodies,
    known_body,
)
from tenants.models import Body, Kind
from verbund.kernel.sorting import sort_key

_MOST = 8
_SHORTEST = 2
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A line of the list. ``key`` is an AGS (8 digits) or an Amt's ARS (9); ``bodies`` are pairs of AGS and name."""

    key: str
    name: str
    kind: str
    ars: str
    district: str
    bodies: tuple[tuple[str, str], ...]
    is_member: bool = False

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def slug(self) -> str:
        """A proposal for the short name: `luebben` for Lübben (Spreewald)."""
        plain = re.sub(r"\(.*?\)", "", self.name).lower().translate(_SPELLED)
        ascii_only = sort_key(plain).split("\x01")[0]
        return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:40].rstrip("-")


def search(text: str) -> list[Found]:
    """The best lines for a name or the beginning of a key; those that begin with the text come first."""
    wanted = _folded(text)
    if len(wanted) < _SHORTEST:
        return []
    scored = [(_score(line, wanted), sort_key(line.name), line.key, line) for line in _lines()]
    best = sorted(entry[:3] for entry in scored if entry[0])[:_MOST]
    by_key = {line.key: line for *_rest, line in scored}
    return _marked(by_key[key] for _points, _name, key in best)


def find(key: str) -> Found | None:
    """The line of an AGS or of an Amt's ARS."""
    if body := known_body(key):
        return _marked([_of_body(body)])[0]
    if association := known_association_of_bodies(key):
        return _marked([_of_association(association)])[0]
    return None


def name_of(ags: str) -> str:
    """What the list calls a municipality; empty for an unknown AGS."""
    body = known_body(ags)
    return body.name if body else ""


def _lines() -> Iterable[Found]:
    yield from map(_of_association, known_associations().values())
    yield from (_of_body(body) for body in known_bodies().values() if not body.association_ars)


def _score(line: Found, wanted: str) -> int:
    """1 begins so, 2 a word or a member municipality begins so, 0 does not fit."""
    names = [line.name, *(name for _ags, name in line.bodies)]
    if line.key.startswith(wanted) or _folded(line.name).startswith(wanted):
        return 1
    if any(ags == wanted for ags, _name in line.bodies):
        return 1
    words = [word for name in names for word in re.split(r"[\s/()-]+", _folded(name))]
    starts = any(_folded(name).startswith(wanted) for name in names)
    return 2 if starts or any(word.startswith(wanted) for word in words) else 0


def _folded(text: str) -> str:
    return sort_key(text.strip()).split("\x01")[0]


def _of_body(body: KnownBody) -> Found:
    return Found(
        key=body.ags,
        name=body.name,
        kind=body.kind,
        ars=body.ars,
        district=body.district,
        bodies=((body.ags, body.name),),
    )


def _of_association(association: KnownAssociation) -> Found:
    name = association.name if association.kind != "amt" else f"Amt {association.name}"
    return Found(
        key=association.ars,
        name=name,
        kind=Kind.AMT,
        ars=association.ars,
        district=association.district,
        bodies=tuple((body.ags, body.name) for body in association.bodies),
    )


def _marked(lines: Iterable[Found]) -> list[Found]:
    """Say who is a member already: one query for all lines."""
    listed = list(lines)
    ags = [ags for line in listed for ags, _name in line.bodies]
    taken = set(Body.objects.filter(ags__in=ags, valid_to=None).values_list("ags", flat=True))
    return [replace(line, is_member=any(ags in taken for ags, _name in line.bodies)) for line in listed]
