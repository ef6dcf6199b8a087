# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking over an address list: what it would change, what it changed, on the page and on the command line."""

from __future__ import annotations

import argparse
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.sessions import signed_in
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import NotFound
from verbund.places import cli, importing, uploads
from verbund.places.importing import LinesRefused, NothingToTake
from verbund.places.models import Address, PendingFile

HEADING = "street;number;postcode;place;lat;lon\n"
FIRST = HEADING + "Dorfweg;1;15926;Heideblick;51.8;13.6\nDorfweg;2;15926;Heideblick;51.8;13.6\n"
SECOND = HEADING + (
    "Dorfweg;1;15926;Heideblick;51.8;13.6\nDorfweg;2;15926;Heideblick;51.81;13.6\nDorfweg;3;15926;Heideblick;51.8;13.6\n"
)
BROKEN = FIRST + "Seeweg;;15926;Heideblick;51.8;13.6\nSeeweg;2;15926;Heideblick;13.6;51.8\n"


def imported(text, *, skip_refused=False):
    return importing.import_addresses(
        content=text.encode(), skip_refused=skip_refused, by=SYSTEM, at=clock.now()
    )


def counts(result):
    return result.added, result.changed, result.kept, result.removed


def test_preview_counts_and_saves_nothing(in_heideblick):
    imported(FIRST)

    preview = importing.preview_addresses(SECOND.encode())

    assert (counts(preview), preview.is_saved) == ((1, 1, 1, 0), False)
    assert Address.objects.count() == 2


def test_import_replaces_the_list_and_another_brings_it_back(in_heideblick):
    imported(FIRST)
    second = imported(SECOND)
    back = imported(FIRST)

    assert (counts(second), counts(back)) == ((1, 1, 1, 0), (0, 1, 1, 1))
    assert Address.objects.get(house_number="2").lat == 51.8
    entry = AuditEntry.objects.filter(action="places.address.imported").latest("pk")
    assert entry.changes == {"added": 0, "changed": 1, "kept": 1, "removed": 1, "refused": 0}


def test_wrong_lines_stop_the_import_unless_they_shall_be_left_out(in_heideblick):
    with pytest.raises(LinesRefused, match="2 Zeilen sind fehlerhaft"):
        imported(BROKEN)
    assert not Address.objects.exists()

    result = imported(BROKEN, skip_refused=True)

    assert (result.added, result.refused) == (2, 2)
    assert [(error.row, error.column) for error in result.errors] == [(4, "number"), (5, "lat, lon")]


def test_file_without_own_addresses_does_not_empty_the_list(in_heideblick):
    imported(FIRST)

    with pytest.raises(NothingToTake):
        imported(HEADING, skip_refused=True)

    assert Address.objects.count() == 2


def test_page_shows_the_preview_before_anything_changes(heideblick):
    browser = signed_in("administrator", heideblick)

    uploaded = browser.post(
        "/verwaltung/adressen/", {"file": SimpleUploadedFile("liste.csv", BROKEN.encode())}, follow=True
    )
    with context.enter(heideblick):
        assert not Address.objects.exists()
    taken = browser.post("/verwaltung/adressen/uebernehmen/", follow=True)

    page = uploaded.content.decode()
    assert "liste.csv" in page
    assert "2 fehlerhafte Zeilen bleiben weg" in page
    assert "Das liegt weit außerhalb der Kommune." in page
    assert "eingespielt: 2 neu" in taken.content.decode()
    with context.enter(heideblick):
        assert Address.objects.count() == 2
        assert uploads.pending(PendingFile.ADDRESSES) is None


def test_taking_over_twice_says_that_the_file_is_gone(heideblick):
    answer = signed_in("administrator", heideblick).post("/verwaltung/adressen/uebernehmen/")

    assert (answer.status_code, "wartet nicht mehr" in answer.content.decode()) == (409, True)


def test_clerks_do_not_import(heideblick):
    clerk = signed_in("clerk", heideblick)

    assert clerk.get("/verwaltung/adressen/").status_code == 403
    assert clerk.post("/verwaltung/adressen/uebernehmen/").status_code == 403


def run(*words):
    parser = argparse.ArgumentParser()
    cli.register(parser.add_subparsers())
    arguments = parser.parse_args(["places", "import", *map(str, words)])
    return arguments.run(arguments)


def test_command_counts_imports_and_stops_at_wrong_lines(heideblick, luckau, tmp_path, capsys):
    good, bad = tmp_path / "gut.csv", tmp_path / "schlecht.csv"
    good.write_text(FIRST, encoding="utf-8")
    bad.write_text(BROKEN, encoding="utf-8")

    dry = run("--tenant", "heideblick", "--file", good, "--dry-run"), capsys.readouterr().out
    stopped = run("--tenant", "heideblick", "--file", bad), capsys.readouterr().out
    taken = run("--tenant", "heideblick", "--file", bad, "--skip-refused", "--json"), capsys.readouterr().out

    assert (dry[0], "neu 2," in dry[1], "nichts geändert" in dry[1]) == (0, True, True)
    assert (stopped[0], "Zeile 4, number: Dieses Feld ist leer." in stopped[1]) == (1, True)
    assert (taken[0], json.loads(taken[1])["added"], json.loads(taken[1])["is_saved"]) == (0, 2, True)
    with context.enter(luckau):
        assert not Address.objects.exists()
    with pytest.raises(NotFound):
        run("--tenant", "gibtsnicht", "--file", good)
