# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sheet about an incident says what the audit record knows of that time, here and nowhere else."""

from __future__ import annotations

import argparse
import io
import json
from datetime import timedelta

import pikepdf
import pytest

from tests.factories.accounts import make_person
from tests.factories.defects import make_report
from tests.factories.privacy import ERIKA
from tests.factories.sessions import signed_in
from verbund.accounts.api import actor_for
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.errors import Forbidden, Invalid
from verbund.modules.defects.contact import read_contact
from verbund.privacy.incidents.sheet import Area, Wanted, areas_of
from verbund.privacy.persons import cli

HOUR = timedelta(hours=1)


def about(**fields) -> Wanted:
    now = clock.now()
    values = {"since": now - HOUR, "until": now + HOUR, "noticed_at": now, "description": "Notebook weg"}
    return Wanted(**{**values, **fields})


def areas(wanted: Wanted, by: Actor = SYSTEM) -> dict[str, Area]:
    return {area.slug: area for area in areas_of(wanted=wanted, by=by, at=clock.now())}


@pytest.mark.usefixtures("in_heideblick")
def test_it_counts_what_was_touched_in_that_time_and_by_that_account():
    clerk = make_person("clerk")
    first, _second = make_report(email=ERIKA), make_report(email=ERIKA)
    read_contact(reference=first.reference, by=actor_for(clerk), at=clock.now())
    past = clock.now() - 2 * HOUR

    everything, narrow = areas(about())["defects"], areas(about(person_id=clerk.pk))

    assert "report.submitted (2)" in everything.actions
    assert everything.objects >= 2  # those of its categories too, from when the municipality was set up
    assert "Rückfragen stellen und über den Stand informieren" in everything.data
    assert {slug: (area.objects, area.actions) for slug, area in narrow.items()} == {
        "defects": (1, "contact.read (1)")
    }
    assert "tenants" not in areas(about()), "its data about people stand with the association"
    assert areas(about(since=past - HOUR, until=past)) == {}


@pytest.mark.usefixtures("in_heideblick")
def test_it_is_due_after_72_hours_and_only_for_who_may():
    wanted = about()

    assert wanted.report_until - wanted.noticed_at == timedelta(days=3)
    with pytest.raises(Forbidden):
        areas(wanted, by=actor_for(make_person("clerk")))
    with pytest.raises(Invalid):
        areas(about(until=wanted.since))


def test_the_page_shows_it_and_hands_out_the_sheet(heideblick):
    with context.enter(heideblick):
        make_report()
    client = signed_in("administrator", heideblick)
    values = {
        "noticed_at": "22.11.2026 09:05",
        "since": "01.01.2026 00:00",
        "until": "31.12.2099 00:00",
        "description": "Notebook gestohlen",
    }

    page = client.post("/verwaltung/datenschutz/panne/", values).content.decode()
    sheet = client.post("/verwaltung/datenschutz/panne/", {**values, "aktion": "pdf"})

    assert "Zu melden bis 25.11.2026, 09:05" in page
    assert "report.submitted (1)" in page
    with pikepdf.open(io.BytesIO(sheet.content)) as document, document.open_metadata() as metadata:
        assert metadata["dc:title"] == "Meldung einer Datenpanne"


def test_the_association_sees_which_municipalities_it_concerns(heideblick, luckau, tmp_path, capsys):
    with context.enter(heideblick):
        make_report()
    parser = argparse.ArgumentParser()
    cli.register(parser.add_subparsers())
    begin, end = ((clock.now() + shift).isoformat() for shift in (-HOUR, HOUR))
    times = ("--since", begin, "--until", end, "--noticed", begin)
    out = ("--json", "--out", str(tmp_path / "blatt.pdf"))
    wanted = parser.parse_args(["privacy", "incident", *times, "--description", "Notebook weg", *out])

    assert wanted.run(wanted) == 0

    members = {one["name"]: one["areas"] for one in json.loads(capsys.readouterr().out)["members"]}
    actions = {name: " ".join(area["actions"] for area in areas) for name, areas in members.items()}
    assert "report.submitted (1)" in actions[heideblick.name]
    assert "report.submitted" not in actions.get(luckau.name, "")
    assert (tmp_path / "blatt.pdf").read_bytes().startswith(b"%PDF")
