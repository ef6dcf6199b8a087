# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Population series: read completely or not at all, once, with the line and field of what is wrong."""

from __future__ import annotations

import argparse
import json

import pytest

from billing import period_commands
from billing.models import FigureSnapshot, SnapshotFigure
from billing.population import look_at, read_population
from billing.population_file import parse
from tests.factories.billing import AS_OF, LINES, population_file
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Conflict, Invalid

CENSUS = "Zensus 2022"


@pytest.fixture
def association(heideblick, luckau):
    with context.enter_association():
        yield


def take(content, **changes):
    given = {"reference_date": AS_OF, "census": CENSUS, "source": "A I 4", "by": SYSTEM, "at": clock.now()}
    return read_population(**{"content": content, **given, **changes})


@pytest.mark.parametrize(
    "content",
    [
        population_file(),
        population_file(encoding="cp1252"),
        population_file(encoding="utf-8-sig"),
        population_file().replace(b";", b"\t"),
        population_file(header="Schlüssel;Name;Bevölkerung  insgesamt"),
    ],
)
def test_the_offices_tables_are_understood(content):
    found = parse(content)

    assert [(row.line, row.ars, row.name, row.inhabitants) for row in found.rows] == [
        (3, "120610219219", "Heideblick", 3575),
        (4, "120610320320", "Luckau", 9501),
        (5, "120610316316", "Lübben (Spreewald)", 13966),
    ]
    assert found.passed_over == 1


def test_what_is_wrong_is_named_by_line_and_field():
    content = population_file(
        LINES[0], "1206x;Luckau;9501", LINES[0], "120610316316;Lübben;13,5", "120610316317;Leer;"
    )

    with pytest.raises(Invalid) as refused:
        parse(content)

    assert refused.value.fields == {
        "4.ars": "Zeile 4, ARS: „1206x“ ist kein Schlüssel aus zwölf Ziffern.",
        "5.ars": "Zeile 5, ARS: „120610219219“ steht schon in Zeile 3. Streichen Sie eine der beiden.",
        "6.inhabitants": "Zeile 6, Einwohner: „13,5“ ist keine ganze Zahl.",
        "7.inhabitants": "Zeile 7, Einwohner: „“ ist keine ganze Zahl.",
    }


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"", "1.ars"),
        (b"ARS;Gemeinde\n", "1.inhabitants"),
        (b"ARS;Einwohner\n12061;5\n", "file"),
        (b"PK\x03\x04\x00\x00", "file"),
        (b"x" * (5 * 1024 * 1024 + 1), "file"),
    ],
)
def test_what_is_no_table_of_municipalities_is_refused(content, field):
    with pytest.raises(Invalid) as refused:
        parse(content)
    assert field in refused.value.fields


def test_figures_are_kept_once_and_never_overwritten(association):
    first = take(population_file(LINES[0]))
    again = take(population_file(LINES[0]))

    assert (first.is_new, again.is_new) == (True, False)
    assert first.missing == ("Luckau (120610320320)",)
    with pytest.raises(Conflict, match="Zensus 2022, berichtigt"):
        take(population_file())
    take(population_file(), census="Zensus 2022, berichtigt")
    assert FigureSnapshot.objects.count() == 2
    assert list(SnapshotFigure.objects.order_by("pk").values_list("value", flat=True)) == [
        3575,
        3575,
        9501,
        13966,
    ]


def test_looking_writes_nothing(association):
    taken = look_at(content=population_file(), reference_date=AS_OF, census=CENSUS, today=clock.today())

    assert (taken.municipalities, taken.inhabitants, taken.missing) == (3, 27042, ())
    assert FigureSnapshot.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reference_date": clock.today().replace(year=2099)}, "reference_date"),
        ({"source": " "}, "source"),
        ({"census": ""}, "census"),
    ],
)
def test_figures_need_a_day_a_source_and_a_census(association, changes, field):
    with pytest.raises(Invalid) as refused:
        take(population_file(), **changes)
    assert list(refused.value.fields) == [field]


def test_a_broken_line_leaves_nothing_half_written(association):
    with pytest.raises(Invalid):
        take(population_file(*LINES, "120610316317;Leer;x"))
    assert FigureSnapshot.objects.count() == 0


def test_command_tries_and_takes(association, tmp_path, capsys):
    file = tmp_path / "a_i_4.csv"
    file.write_bytes(population_file())
    parser = argparse.ArgumentParser()
    period_commands.register(parser.add_subparsers())

    def run(*more):
        given = [
            "--file",
            str(file),
            "--reference-date",
            "2024-12-31",
            "--census",
            CENSUS,
            "--source",
            "A I 4",
        ]
        options = parser.parse_args(["billing", "population", *given, *more])
        return options.run(options), capsys.readouterr().out

    status, said = run("--dry-run", "--json")
    assert (status, json.loads(said)["dry_run"], FigureSnapshot.objects.count()) == (0, True, 0)
    assert run() == (0, "3 Gemeinden mit 27042 Einwohnern, 1 Summenzeilen übergangen.\n")
    assert "schon eingelesen" in run()[1]
    file.unlink()
    with pytest.raises(Invalid, match="nicht lesbar"):
        run()
