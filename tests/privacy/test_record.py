# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The record of processing says everything the tables hold, to those who may read it."""

from __future__ import annotations

from dataclasses import replace

from django.apps import apps

from tests.factories.defects import make_report
from tests.factories.sessions import signed_in
from verbund.kernel import context, registry
from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.specs import AppScope
from verbund.privacy import record, wording
from verbund.public.models import ContactDetails

AT = "/verwaltung/datenschutz/"


def test_every_table_of_a_municipality_stands_in_its_record(in_heideblick):
    lines = [line for chapter in record.chapters() for line in (*chapter.personal, *chapter.others)]
    names = registry.apps(AppScope.MUNICIPALITY, AppScope.BOTH)
    ours = [name for name in names if name.startswith("verbund.")]

    wanted = {
        model._meta.label
        for config in apps.get_app_configs()
        if any(name == config.name or name.startswith(f"{config.name}.apps") for name in ours)
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }

    assert "defects.Reporter" in wanted
    assert {label.lower() for label in wanted} - {line.model.lower() for line in lines} == set()
    assert len(lines) == len({line.model.lower() for line in lines})


def test_nothing_of_the_association_alone_stands_in_it(in_heideblick):
    models = {line.model for chapter in record.chapters() for line in (*chapter.personal, *chapter.others)}

    assert not any(model.startswith("agreements.") for model in models)


def test_administrators_read_and_load_it(heideblick):
    client = signed_in("administrator", heideblick)

    page = client.get(AT).content.decode()
    document = client.get(f"{AT}verzeichnis.pdf")

    assert "Rückfragen stellen und über den Stand informieren" in page
    assert document["Content-Type"] == "application/pdf"
    assert document.content.startswith(b"%PDF")
    assert "heideblick" in document["Content-Disposition"]


def test_nobody_else_reads_it(heideblick):
    client = signed_in("clerk", heideblick)

    assert client.get(AT).status_code == 403
    assert client.get(f"{AT}verzeichnis.pdf").status_code == 403


def test_a_promise_nobody_keeps_is_said_openly(heideblick):
    with context.enter(heideblick):
        entries = [line for chapter in record.chapters() for line in chapter.personal]

    said = {line.model: line.kept_by for line in entries}
    assert said["audit.AuditEntry"] == "wird noch nicht von selbst gelöscht"
    assert said["cases.StatusLink"] == "von selbst"
    assert said["files.StoredFile"] == "von selbst"
    assert said["cases.Contact"] == "zusammen mit dem, wozu es gehört"


def test_head_names_who_answers_and_the_way_to_what_is_missing(heideblick):
    with context.enter(heideblick):
        ContactDetails.objects.update_or_create(
            id=1,
            defaults={"street_address": "Dorfstraße 1", "represented_by": "", "data_protection_email": ""},
        )

    page = signed_in("administrator", heideblick).get(AT).content.decode()

    assert "Dorfstraße 1" in page
    assert page.count("noch nicht eingetragen") == 2
    assert "/verwaltung/seiten/kontaktangaben/" in page


def test_line_names_persons_data_and_recipients(in_heideblick):
    lines = {line.model: line for chapter in record.chapters() for line in chapter.personal}

    reporter, report = lines["defects.Reporter"], lines["defects.Report"]
    assert reporter.persons == "Bürgerinnen und Bürger"
    assert reporter.data == "Name, E-Mail-Adresse, Telefonnummer"
    assert "die zuständige Kommune, bei Abgabe" in report.recipients


def test_every_word_of_the_record_has_a_label():
    assert set(wording.LABELS) == {*Persons, *DataKind, *Recipient}


def test_module_that_is_off_is_named_only_while_it_keeps_data(heideblick):
    without = replace(heideblick, modules=frozenset())
    with context.enter(without):
        assert "defects" not in {chapter.slug for chapter in record.chapters()}
    with context.enter(heideblick):
        make_report()

    with context.enter(without):
        chapter = next(chapter for chapter in record.chapters() if chapter.slug == "defects")

    assert chapter.is_off
