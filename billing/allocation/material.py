# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that goes into a run. Collections are sets in meaning: their order never matters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from billing.allocation.keys import KeyVersion
from billing.allocation.prices import PriceVersion
from billing.allocation.spans import Period, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Who shares, and when. ``member`` is the official key (ARS), by which equal remainders are ordered."""

    member: str
    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A module a member has, and when."""

    member: str
    module: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A part of a figure: a municipality of an Amt, or what a meter counted on a day."""

    label: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A member's figure in a snapshot and what it consists of."""

    member: str
    value: int
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Figures of one publication, kept as they were read: where from, as of when, on which census."""

    series: str
    reference_date: date
    source: str
    figures: tuple[Figure, ...]
    census: str = ""
    file_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a meter counted for a member on a day; a correction is a reading of its own, with its sign and reason as source."""

    member: str
    meter: str
    day: date
    quantity: int
    source: str = "counter"


@dataclass(frozen=True, slots=True, kw_only=True)
class CostCentre:
    """What is shared by one key."""

    code: str
    name: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What a cost centre really cost; a credit is negative."""

    cost_centre: str
    cents: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The input of a run."""

    period: Period
    memberships: tuple[Membership, ...]
    cost_centres: tuple[CostCentre, ...] = ()
    postings: tuple[Posting, ...] = ()
    keys: tuple[KeyVersion, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    readings: tuple[Reading, ...] = ()
    bookings: tuple[Booking, ...] = ()
    prices: tuple[PriceVersion, ...] = ()
