# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A month shared from real counters, on the command line: figures, derivation, and a record that verifies."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, date, datetime

import pytest

from billing import period_commands
from billing.allocation.material import Membership
from billing.allocation.spans import Span
from billing.gathering import Plan, material_of
from billing.population import read_population
from tenants.models import Body, Departure, ModuleActivation, Tenant
from tests.factories.billing import AS_OF, population_file
from tests.factories.metering import NOON, use
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid, NotFound
from verbund.metering import rollup
from verbund.metering.periods import Period

NOVEMBER = Period(2026, 11)
PLAN = {
    "cost_centres": [{"code": "rz", "name": "Rechenzentrum", "key": "it"}],
    "postings": [{"cost_centre": "rz", "cents": 100_000, "source": "Beleg 1"}],
    "keys": [
        {
            "key": "it",
            "name": "IT-Umlage",
            "version": 1,
            "valid_from": "2026-01-01",
            "source": "Beschluss 7/2025",
            "parts": [
                {
                    "basis": {
                        "kind": "inhabitants",
                        "reference_date": AS_OF.isoformat(),
                        "census": "Zensus 2022",
                    },
                    "weight": "0.6",
                },
                {"basis": {"kind": "usage", "meter": "http.requests"}, "weight": "0.4"},
            ],
        }
    ],
}


@pytest.fixture
def members(heideblick, luckau):
    with context.enter_association():
        Tenant.objects.exclude(number__in=[heideblick.number, luckau.number]).update(activated_at=None)
        Tenant.objects.filter(number__in=[heideblick.number, luckau.number]).update(
            activated_at=datetime(2026, 1, 1, 12, tzinfo=UTC)
        )
        Body.objects.update(valid_from=date(2026, 1, 1))
        read_population(
            content=population_file(),
            reference_date=AS_OF,
            census="Zensus 2022",
            source="A I 4",
            by=SYSTEM,
            at=clock.now(),
        )
    use(heideblick, "http.requests", 300)
    use(luckau, "http.requests", 100)
    use(luckau, "cpu.ms", 77)
    return heideblick, luckau


@pytest.fixture
def run(capsys, tmp_path):
    """The command as the command line calls it: exit status, output, complaints."""

    def call(action, *arguments, plan=PLAN):
        (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
        parser = argparse.ArgumentParser()
        period_commands.register(parser.add_subparsers())
        given = (
            ["--period", "2026-11", "--plan", str(tmp_path / "plan.json")] if action == "calculate" else []
        )
        options = parser.parse_args(["billing", action, *given, *arguments])
        status = options.run(options)
        written = capsys.readouterr()
        return status, written.out, written.err

    return call


def test_a_month_is_shared_explained_and_verified(members, run, tmp_path):
    status, record, said = run("calculate", "--json")
    (tmp_path / "record.json").write_text(record, encoding="utf-8")

    shares = json.loads(record)["shares"]
    # 60 % by 3,575 and 9,501 inhabitants, 40 % by 300 and 100 requests.
    assert (status, [share["cents"] for share in shares]) == (0, [46_404, 53_596])
    assert "vorläufig" in said
    assert run("calculate", "--json")[1] == record
    assert run("verify", "--file", str(tmp_path / "record.json"))[:2] == (
        0,
        "Die Rechnung stimmt: Sie ergibt Byte für Byte dasselbe.\n",
    )
    (tmp_path / "record.json").write_text(record.replace('"cents":46404', '"cents":46405'), encoding="utf-8")
    assert run("verify", "--file", str(tmp_path / "record.json")) == (
        1,
        "",
        "Die Rechnung stimmt nicht: Die erste Abweichung steht bei „shares[0].cents“.\n",
    )


def test_one_member_sees_its_derivation_down_to_the_day(members, run):
    explained = run("calculate", "--tenant", "heideblick")[1].splitlines()

    assert (
        "60 % nach Einwohnern am 31.12.2024 (Zensus 2022, A I 4): 3.575 × 30 Tage = 107.250 von 392.280."
        in explained
    )
    assert (
        explained[explained.index("40 % nach Nutzung „http.requests“: 300 von 400.") + 1]
        == "– 12.11.2026: 300"
    )
    assert "Das ergibt 464,04 €." in explained
    assert "464,04 €" in run("calculate")[1]
    with pytest.raises(NotFound):
        run("calculate", "--tenant", "nirgendwo")


def test_rolled_up_or_not_the_days_are_the_same(members):
    _heideblick, luckau = members
    plan = Plan()
    use(luckau, "http.requests", 5, NOON.replace(day=13))
    with context.enter_association():
        fresh = material_of(NOVEMBER, plan_with_usage())
        rollup.roll_up()
        assert material_of(NOVEMBER, plan_with_usage()) == fresh
    assert len(fresh.readings) == 3
    assert material_of(NOVEMBER, plan).readings == ()


def plan_with_usage():
    return period_commands.reading.read(Plan, PLAN)


def test_who_left_is_a_member_to_that_day_and_a_copy_never(members):
    heideblick, luckau = members
    with context.enter_association():
        Departure.objects.create(
            tenant_id=luckau.number, requested_at=NOON, finished_at=datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
        )
        Tenant.objects.filter(number=heideblick.number).update(origin="archive")
        found = material_of(NOVEMBER, plan_with_usage())

    # Half past midnight in Berlin.
    assert found.memberships == (
        Membership(
            member=found.memberships[0].member,
            name="Luckau",
            spans=(Span(first=date(2026, 1, 1), last=date(2026, 11, 16)),),
        ),
    )
    assert {reading.member for reading in found.readings} == {found.memberships[0].member}


def test_an_amt_counts_its_municipalities_and_none_if_one_is_missing(members):
    heideblick, _luckau = members
    with context.enter_association():
        Body.objects.create(
            tenant_id=heideblick.number,
            ags="12061316",
            ars="120610316316",
            name="Lübben",
            valid_from=date(2026, 1, 1),
        )
        both = material_of(NOVEMBER, plan_with_usage()).snapshots[0].figures
        Body.objects.filter(ags="12061316").update(ars="129999999999")
        one = material_of(NOVEMBER, plan_with_usage()).snapshots[0].figures

    assert sorted(figure.value for figure in both) == [9501, 3575 + 13966]
    assert [len(figure.steps) for figure in sorted(both, key=lambda figure: figure.value)] == [0, 2]
    assert [figure.value for figure in one] == [9501]


def test_bookings_begin_on_their_day(members):
    heideblick, _luckau = members
    with context.enter_association():
        ModuleActivation.objects.all().delete()
        ModuleActivation.objects.create(
            tenant_id=heideblick.number, module="defects", active_from=datetime(2026, 11, 9, 23, tzinfo=UTC)
        )
        found = material_of(NOVEMBER, plan_with_usage())

    assert [(booking.module, booking.span) for booking in found.bookings] == [
        ("defects", Span(first=date(2026, 11, 10)))
    ]


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (
            {**PLAN, "postings": [{"cost_centre": "rz", "cents": "viel", "source": ""}]},
            "plan.postings[0].cents",
        ),
        ({**PLAN, "keys": []}, "keys"),
        ({**PLAN, "x": 1}, "plan.x"),
    ],
)
def test_a_broken_plan_is_refused_by_its_place(members, run, plan, field):
    with pytest.raises(Invalid) as refused:
        run("calculate", plan=plan)
    assert list(refused.value.fields) == [field]


def test_a_missing_file_is_said(run):
    with pytest.raises(Invalid, match="nicht lesbar"):
        run("verify", "--file", "there-is-none.json")
