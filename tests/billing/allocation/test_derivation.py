# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentences beside a share, which can be checked with a calculator."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from billing.allocation import keys
from billing.allocation.material import Posting
from billing.allocation.run import calculate
from billing.derivation import derivation
from billing.refusals import spoken
from tests.billing.allocation.cases import (
    HEIDEBLICK,
    INHABITANTS,
    LUCKAU,
    LUEBBEN,
    METER,
    key,
    material,
    part,
    population,
    used,
)
from verbund.kernel.errors import Invalid


def sentences(member, **changes):
    run = calculate(material(**changes))
    return derivation(run, next(share for share in run.shares if share.member == member))


def test_a_mixed_key_is_explained_down_to_the_counters():
    assert sentences(
        HEIDEBLICK,
        keys=(key(part(INHABITANTS, "60"), part(keys.Usage(meter=METER), "40")),),
        readings=(
            used(HEIDEBLICK, 700),
            used(LUCKAU, 200),
            used(LUEBBEN, 1100),
            used(LUEBBEN, -1000, source="Zählfehler"),
        ),
    ) == (
        "Rechenzentrum, 01.10.2026 bis 31.10.2026: Zu verteilen sind 1.000,00 €.",
        "Schlüssel „IT-Umlage“, Fassung 1, gültig ab 01.01.2026 (Beschluss 7/2025).",
        "60 % nach Einwohnern am 31.12.2024 (Zensus 2022, Amt für Statistik, A I 4): 3.575 × 31 Tage = 110.825 von 838.302.",
        "40 % nach Nutzung „http.requests“: 700 von 1.000.",
        "– 05.10.2026: 700",
        "Anteil am Schlüssel: 80.973 / 225.350, das sind rund 35,9321 %.",
        "Genau sind es 35.932,1056 Cent, also 35.932; für den Rest (Rang 3) keiner dazu.",
        "Das ergibt 359,32 €.",
    )


def test_a_credit_an_equal_share_and_the_odd_cent():
    assert sentences(
        HEIDEBLICK,
        keys=(key(part(keys.EqualShare())),),
        postings=(Posting(cost_centre="rz", cents=-100, source="Erstattung"),),
    )[2:] == (
        "100 % zu gleichen Teilen: 31 von 93 Mitgliedstagen.",
        "Anteil am Schlüssel: 1 / 3, das sind rund 33,3333 %.",
        "Genau sind es 33,3333 Cent, also 33 und für den Rest (Rang 1) einer dazu.",
        "Das ergibt −0,34 €.",
    )


def test_limits_and_given_figures_are_named():
    given = keys.GivenFigures(series="Arbeitsplätze", reference_date=population().reference_date)
    changes = {
        "keys": (key(part(given), limits=keys.Limits(least_cents=20_000, most_share=Decimal("0.5"))),),
        "snapshots": (
            population({HEIDEBLICK: 1, LUCKAU: 90, LUEBBEN: 9}, series="Arbeitsplätze", census=""),
        ),
    }

    least, most, free = (sentences(member, **changes) for member in (HEIDEBLICK, LUCKAU, LUEBBEN))

    assert least[2].startswith("100 % nach „Arbeitsplätze“ vom 31.12.2024")
    assert least[4] == "Es gilt der Mindestbetrag von 200,00 €; die anderen tragen entsprechend weniger."
    assert most[4].startswith("Es gilt der Höchstbetrag von 500,00 €;")
    assert free[4].endswith("Die Übrigen teilen sich 300,00 €; davon rund 100 %.")


def test_a_refusal_is_spoken_in_the_readers_language():
    with translation.override("en"), pytest.raises(Invalid) as refused, spoken():
        calculate(material(keys=()))

    assert refused.value.fields == {"keys": refused.value.message}
    assert refused.value.message == (
        "“it” has no version in force on 01.10.2026. Create a version that is in force by then."
    )
