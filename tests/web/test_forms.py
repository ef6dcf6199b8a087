# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms: KERN markup, plain language, sections, honeypot, days, files."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from verbund.kernel.errors import Invalid
from verbund.web.forms import DateField, FilesField, Form, HoneypotMixin, initial_from_query


class Report(Form):
    sections = (("Wo ist es?", ("place",)),)
    is_about_the_reader = True

    email = forms.EmailField(label="E-Mail-Adresse", help_text="Wir antworten dorthin.")
    place = forms.CharField(label="Ort", max_length=5)
    text = forms.CharField(label="Beschreibung", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(label="Art", choices=[("a", "Laterne")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Ich stimme zu.")


class Guarded(HoneypotMixin, Form):
    text = forms.CharField(label="Text")


class Elements(HTMLParser):
    """Attributes of the elements of a page, by id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.by_id: dict[str, dict[str, str | None]] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.by_id[str(found["id"])] = {"tag": tag, **found}


def test_field_says_what_is_required_and_where_its_help_is():
    field = Elements(str(Report())).by_id["id_email"]

    assert field["aria-required"] == "true"
    assert "required" not in field
    assert field["aria-describedby"] == "id_email_helptext"
    assert field["autocomplete"] == "email"
    assert field["class"] == "kern-form-input__input"


def test_field_with_error_points_to_it():
    elements = Elements(str(Report({"email": "anna@"}))).by_id

    assert elements["id_email"]["aria-invalid"] == "true"
    assert elements["id_email"]["aria-describedby"] == "id_email_helptext id_email_error"
    assert elements["id_email"]["class"] == "kern-form-input__input kern-form-input__input--error"
    assert "id_email_error" in elements


def test_radio_buttons_carry_no_attribute_their_role_forbids():
    elements = Elements(str(Report({}))).by_id

    assert "aria-invalid" not in elements["id_kind_0"]
    assert "aria-required" not in elements["id_kind_0"]


def test_optional_fields_are_marked_and_required_ones_are_not():
    html = str(Report())

    assert html.count("(optional)") == 1


def test_errors_are_plain_sentences():
    form = Report({"email": "anna@", "place": "Hauptstraße"})

    assert form.errors == {
        "email": ["Bitte prüfen Sie die E-Mail-Adresse. Sie sieht so aus: name@beispiel.de."],
        "place": ["Bitte kürzen Sie den Text auf 5 Zeichen. Es sind 11."],
        "kind": ["Bitte wählen Sie bei „Art“ etwas aus."],
        "agreed": ["Bitte bestätigen Sie dies mit einem Häkchen."],
    }


def test_required_text_is_asked_for_by_its_label():
    assert Report({}).errors["place"] == ["Bitte füllen Sie „Ort“ aus."]


def test_message_of_the_author_stays():
    class Own(Form):
        place = forms.CharField(label="Ort", error_messages={"required": "Wo ist es?"})

    assert Own({}).errors["place"] == ["Wo ist es?"]


def test_summary_links_to_the_first_control_of_a_group():
    html = str(Report({}))

    assert 'href="#id_kind_0"' in html
    assert 'href="#id_email"' in html


def test_named_sections_come_first():
    html = str(Report())

    assert html.index("Wo ist es?") < html.index("id_place") < html.index("id_email")


def test_refusal_of_a_service_stands_at_its_field():
    form = Report({"email": "a@b.de", "place": "Markt", "kind": "a", "agreed": "on"})
    assert form.is_valid()

    form.add_refusal(Invalid(fields={"place": "Dort sind wir nicht zuständig."}))

    assert form.errors["place"] == ["Dort sind wir nicht zuständig."]


def test_refusal_without_field_stands_above_the_form():
    form = Report({})

    form.add_refusal(Invalid("Das geht heute nicht."))

    assert form.non_field_errors() == ["Das geht heute nicht."]


def test_text_of_people_cannot_become_markup():
    html = str(Report({"place": '"><script>alert(1)</script>'}))

    assert "<script>" not in html


def test_honeypot_turns_programs_away():
    assert Guarded({"text": "Hallo"}).is_valid()
    caught = Guarded({"text": "Hallo", "website": "https://spam.example"})
    assert not caught.is_valid()
    assert caught.non_field_errors().as_data()[0].code == "honeypot"


def test_honeypot_is_hidden_from_people_and_screen_readers():
    html = str(Guarded())

    assert '<div class="vb-honeypot" aria-hidden="true">' in html
    assert Elements(html).by_id["id_website"]["tabindex"] == "-1"


@pytest.mark.parametrize("typed", ["22.11.2026", "22.11.26", "2026-11-22", "22.11.2026 "])
def test_day_is_understood(typed: str):
    assert DateField().clean(typed) == date(2026, 11, 22)


def test_day_is_shown_as_people_write_it():
    class Day(Form):
        on = DateField(label="Tag")

    assert 'value="22.11.2026"' in str(Day(initial={"on": date(2026, 11, 22)}))
    assert Day({"on": "morgen"}).errors["on"] == ["Bitte geben Sie das Datum so ein: 22.11.2026."]


def picture(size: int = 4) -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.jpg", b"x" * size)


def test_several_files_come_as_a_list():
    assert [file.name for file in FilesField().clean([picture(), picture()])] == ["foto.jpg", "foto.jpg"]


def test_no_file_is_an_empty_list_where_files_are_optional():
    assert FilesField(required=False).clean(None) == []


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ([], "Bitte wählen Sie eine Datei aus."),
        ([picture(), picture(), picture()], "Bitte wählen Sie höchstens 2 Dateien."),
        ([picture(2 * 1024 * 1024)], "Eine Datei ist zu groß. Erlaubt sind 1 MB."),
        ([SimpleUploadedFile("leer.jpg", b"")], "Diese Datei ist leer. Bitte wählen Sie eine andere."),
    ],
)
def test_files_that_do_not_fit_are_refused(files: list[SimpleUploadedFile], reason: str):
    class Photos(Form):
        photos = FilesField(label="Fotos", most=2, largest=1024 * 1024)

    form = Photos({}, {"photos": files})

    assert form.errors["photos"] == [reason]


def test_filter_takes_only_names_it_knows_from_the_address():
    assert initial_from_query(Report, {"place": "Markt", "page": "2"}) == {"place": "Markt"}
