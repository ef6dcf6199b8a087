# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Material for runs: small ones written out by hand, and any, for Hypothesis."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from billing.allocation import keys
from billing.allocation.material import (
    Booking,
    CostCentre,
    Figure,
    Material,
    Membership,
    Posting,
    Reading,
    Snapshot,
)
from billing.allocation.spans import Period, Span

# A machine that is busy is no fault of what is tried.
MANY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(MANY, max_examples=50)

OCTOBER = Period(first=date(2026, 10, 1), last=date(2026, 10, 31))
SINCE_2020 = Span(first=date(2020, 1, 1))
CENSUS = "Zensus 2022"
AS_OF = date(2024, 12, 31)
METER, MODULE = "http.requests", "defects"
INHABITANTS = keys.Inhabitants(reference_date=AS_OF, census=CENSUS)
NAMES = {"120610219219": "Heideblick", "120610320320": "Luckau", "120610316316": "Lübben (Spreewald)"}
HEIDEBLICK, LUCKAU, LUEBBEN = NAMES
PEOPLE = {HEIDEBLICK: 3575, LUCKAU: 9501, LUEBBEN: 13966}


def key(*parts, **changes):
    given = {
        "key": "it",
        "name": "IT-Umlage",
        "version": 1,
        "valid_from": date(2026, 1, 1),
        "source": "Beschluss 7/2025",
        "parts": parts or (keys.KeyPart(basis=INHABITANTS),),
    }
    return keys.KeyVersion(**{**given, **changes})


def part(basis, weight="1"):
    return keys.KeyPart(basis=basis, weight=Decimal(weight))


def memberships(**spans):
    return tuple(Membership(member=ars, name=name, spans=(SINCE_2020,)) for ars, name in NAMES.items())


def population(figures=None, **changes):
    given = {
        "series": keys.INHABITANTS,
        "reference_date": AS_OF,
        "census": CENSUS,
        "source": "Amt für Statistik, A I 4",
        "figures": tuple(Figure(member=ars, value=value) for ars, value in (figures or PEOPLE).items()),
    }
    return Snapshot(**{**given, **changes})


def used(ars, quantity, day=date(2026, 10, 5), **changes):
    return Reading(**{"member": ars, "meter": METER, "day": day, "quantity": quantity, **changes})


def booked(ars, first=date(2020, 1, 1), last=None):
    return Booking(member=ars, module=MODULE, span=Span(first=first, last=last))


def material(**changes):
    """Three members, one cost centre of 1,000.00 euros by inhabitants, October 2026."""
    given = {
        "period": OCTOBER,
        "memberships": memberships(),
        "cost_centres": (CostCentre(code="rz", name="Rechenzentrum", key="it"),),
        "postings": (Posting(cost_centre="rz", cents=100_000, source="Beleg 1"),),
        "keys": (key(),),
        "snapshots": (population(),),
    }
    return Material(**{**given, **changes})


@st.composite
def materials(draw, *, limited=True):
    """Members who come and go, keys of several parts, credits and corrections."""
    members = [f"12{number:010d}" for number in range(draw(st.integers(1, 12)))]
    days = st.integers(0, 30).map(lambda count: OCTOBER.first + timedelta(days=count))
    spans = {
        ars: draw(st.one_of(st.just(SINCE_2020), days.map(lambda day: Span(first=day)))) for ars in members
    }
    spans[members[0]] = SINCE_2020
    bases = [INHABITANTS, keys.EqualShare(), keys.Usage(meter=METER)]
    chosen = draw(st.lists(st.sampled_from(bases), min_size=1, max_size=3, unique=True))
    weights = st.decimals("0.01", "100", places=2)
    most_share = draw(st.none() | st.decimals("0.3", "1", places=2)) if limited else None
    return material(
        memberships=tuple(Membership(member=ars, name=f"Ort {ars}", spans=(spans[ars],)) for ars in members),
        postings=tuple(
            Posting(cost_centre="rz", cents=cents, source=f"Beleg {number}")
            for number, cents in enumerate(
                draw(st.lists(st.integers(-(10**8), 10**9), min_size=1, max_size=3))
            )
        ),
        keys=(
            key(
                *(keys.KeyPart(basis=basis, weight=draw(weights)) for basis in chosen),
                limits=keys.Limits(most_share=most_share),
            ),
        ),
        snapshots=(population({ars: draw(st.integers(1, 200_000)) for ars in members}),),
        readings=tuple(
            used(ars, draw(st.integers(1, 10**9)), day=OCTOBER.last, source=source)
            for ars in members
            for source in ("counter", "late")
        ),
    )
