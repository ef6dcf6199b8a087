# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The official list of Brandenburg's municipalities, to check an AGS or an Amt's key at onboarding."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

SOURCE = "© Statistisches Bundesamt (Destatis), Gemeindeverzeichnis GV100AD, Gebietsstand 30.11.2023"
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBody:
    """A municipality as the official register lists it.

    ``association_ars`` is the nine-digit key of its Amt, empty where it administers itself. ``postal_code`` is the
    administration's; ``inhabitants`` count at the end of 2022; ``as_of`` is the day the register describes.
    """

    ags: str
    ars: str
    name: str
    sorbian_name: str
    kind: str
    district: str
    association_ars: str
    postal_code: str
    inhabitants: int
    area_ha: int
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAssociation:
    """An Amt (also a Verbandsgemeinde or a joint administration) with the municipalities it administers."""

    ars: str
    name: str
    kind: str
    district: str
    as_of: date
    bodies: tuple[KnownBody, ...]


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (_DATA / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=";")


@lru_cache(maxsize=1)
def known_bodies() -> Mapping[str, KnownBody]:
    """All municipalities by AGS."""
    bodies = (
        KnownBody(
            ags=row["ags"],
            ars=row["ars"],
            name=row["name"],
            sorbian_name=row["sorbian_name"],
            kind=row["kind"],
            district=row["district"],
            association_ars=row["association_ars"],
            postal_code=row["postal_code"],
            inhabitants=int(row["inhabitants"]),
            area_ha=int(row["area_ha"]),
            as_of=date.fromisoformat(row["as_of"]),
        )
        for row in _rows("brandenburg_bodies.csv")
    )
    return MappingProxyType({body.ags: body for body in bodies})


@lru_cache(maxsize=1)
def known_associations() -> Mapping[str, KnownAssociation]:
    """All Ämter by their nine-digit key."""
    members: dict[str, list[KnownBody]] = {}
    for body in known_bodies().values():
        members.setdefault(body.association_ars, []).append(body)
    associations = (
        KnownAssociation(
            ars=row["ars"],
            name=row["name"],
            kind=row["kind"],
            district=row["district"],
            as_of=date.fromisoformat(row["as_of"]),
            bodies=tuple(members[row["ars"]]),
        )
        for row in _rows("brandenburg_associations.csv")
    )
    return MappingProxyType({association.ars: association for association in associations})


def known_body(ags: str) -> KnownBody | None:
    """The municipality with that eight-digit AGS, or None when the register has none."""
    return known_bodies().get(ags)


def known_association_of_bodies(ars9: str) -> KnownAssociation | None:
    """The Amt with that nine-digit key (`120725204`), or None when the register has none."""
    return known_associations().get(ars9)
