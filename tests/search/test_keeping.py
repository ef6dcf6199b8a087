# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The index is built anew by hand, and by itself after an update; changes made meanwhile stay."""

from __future__ import annotations

import json
import threading

import pytest
from django.db import connection, transaction

from tests.factories.defects import make_report, move
from verbund.config import cli
from verbund.kernel import context
from verbund.modules.defects.models import Report
from verbund.modules.defects.states import State
from verbund.search import index, tasks
from verbund.search.models import Document, Word


def test_the_command_rebuilds_one_municipality_and_says_what_it_did(heideblick, luckau, capsys):
    for municipality in (heideblick, luckau):
        with context.enter(municipality):
            make_report()
            Document.objects.all().delete()

    assert cli.main(["search", "rebuild", "--slug", "heideblick", "--json"]) == 0

    (row,) = json.loads(capsys.readouterr().out)
    with context.enter(heideblick):
        assert row["slug"] == "heideblick"
        assert row["documents"] == Document.objects.count() > 0
    with context.enter(luckau):
        assert Document.objects.count() == 0


def test_the_command_rebuilds_all(heideblick, luckau, capsys):
    assert cli.main(["search", "rebuild", "--all"]) == 0

    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        "heideblick",
        "luckau",
    ]


def test_who_is_not_there_is_named_with_the_way_out(heideblick, capsys):
    assert cli.main(["search", "rebuild", "--slug", "nirgendwo"]) == 2
    assert "nirgendwo" in capsys.readouterr().err


@pytest.mark.usefixtures("in_heideblick")
def test_an_index_of_an_earlier_edition_is_built_anew_by_itself_and_only_then():
    report = make_report()
    index.rebuild()
    assert tasks.keep_current.run() == 0
    Document.objects.update(edition="")
    Word.objects.all().delete()

    assert tasks.keep_current.run() == Document.objects.count() > 0
    assert Document.objects.filter(key=report.reference, edition=index.edition()).exists()
    assert Word.objects.exclude(folded="").exists()


@pytest.mark.usefixtures("in_heideblick")
def test_what_is_gone_and_what_nobody_offers_any_more_leaves_the_index():
    report = make_report()
    Document.objects.filter(key=report.reference).update(key="M-2020-9999")
    Document.objects.create(
        source="weg.quelle", key="1", is_public=True, title="Weg", url="/", at=report.submitted_at, vector=""
    )

    index.rebuild()

    assert not Document.objects.filter(key__in=["M-2020-9999", "1"]).exists()
    assert Document.objects.filter(key=report.reference).exists()


@pytest.mark.django_db(transaction=True)
def test_rebuilding_waits_for_a_change_that_is_under_way(heideblick):
    with context.enter(heideblick):
        report = make_report()
        reference = report.reference
        assert Document.objects.filter(key=reference, is_public=True).exists()
    rebuilt = threading.Event()

    def rebuild():
        with context.enter(heideblick):
            index.rebuild()
        connection.close()
        rebuilt.set()

    thread = threading.Thread(target=rebuild)
    with context.enter(heideblick), transaction.atomic():
        move(Report.objects.get(reference=reference), State.HIDDEN)
        thread.start()
        assert not rebuilt.wait(0.5)
    thread.join(10)

    with context.enter(heideblick):
        assert not Document.objects.filter(key=reference, is_public=True).exists()
