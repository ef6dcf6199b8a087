# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tags of `{% load verbund %}`."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory

from verbund.web.pagination import page_numbers, page_of


def render(source: str, **values: Any) -> str:
    return Template("{% load verbund %}" + source).render(Context(values)).strip()


def test_moment_is_shown_in_berlin():
    at = datetime(2026, 11, 22, 8, 5, tzinfo=UTC)

    assert render("{{ at|moment }}", at=at) == "22.11.2026, 09:05\u00a0Uhr"
    assert render("{{ at|day }}", at=datetime(2026, 11, 22, 23, 5, tzinfo=UTC)) == "23.11.2026"
    assert render("{{ at|clock }}", at=at) == "09:05\u00a0Uhr"
    assert render("{{ at|long_day }}", at=at) == "Sonntag, 22. November 2026"
    assert render("{{ at|moment }}", at=None) == ""


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (1234.5, 2, "1.234,50"),
        (Decimal("0.005"), 2, "0,01"),
        (Decimal("-0.001"), 2, "0,00"),
        (-1234567, 0, "\u22121.234.567"),
        ("", 0, ""),
        (None, 0, ""),
    ],
)
def test_number(value: Any, digits: int, shown: str):
    assert render(f"{{{{ value|number:{digits} }}}}", value=value) == shown


def test_amount():
    assert render("{{ cents|euro }}", cents=123450) == "1.234,50\u00a0€"
    assert render("{{ cents|euro }}", cents=None) == ""


def test_light_says_its_color_in_words():
    html = render('{% light "yellow-green" "weitergeleitet" %}')

    assert "Ampel gelb-grün:" in html
    assert "weitergeleitet" in html


@pytest.mark.parametrize(
    "source",
    [
        '{% light "blue" "x" %}',
        '{% badge "x" kind="pink" %}',
        '{% icon "unicorn" %}',
        '{% step_state "lost" %}',
    ],
)
def test_unknown_name_is_refused(source: str):
    with pytest.raises(TemplateSyntaxError):
        render(source)


def test_icon_is_decoration_unless_it_has_a_name():
    assert (
        render('{% icon "search" %}')
        == '<span class="kern-icon kern-icon--search" aria-hidden="true"></span>'
    )
    assert '<span class="kern-sr-only">Suchen</span>' in render('{% icon "search" "Suchen" %}')


def test_text_between_the_tags_stays_markup_and_values_do_not():
    html = render("{% alert title %}<p>{{ text }}</p>{% endalert %}", title="<b>", text="<i>")

    assert "&lt;b&gt;" in html
    assert "<p>&lt;i&gt;</p>" in html


def test_alert_without_more_has_no_body():
    assert "kern-alert__body" not in render('{% alert "Gespeichert." kind="success" %} {% endalert %}')


def test_table_is_a_named_region_that_can_be_scrolled_by_keyboard():
    html = render('{% table "Offene Meldungen" %}<tbody></tbody>{% endtable %}')

    assert 'role="region" tabindex="0" aria-labelledby="tabelle-offene-meldungen"' in html
    assert '<caption id="tabelle-offene-meldungen"' in html


def test_last_step_of_the_breadcrumb_is_the_page_itself():
    html = render("{% breadcrumb trail %}", trail=[("Start", "/"), ("Hier", "/hier/")])

    assert '<a href="/">Start</a>' in html
    assert '<span aria-current="page">Hier</span>' in html


def test_steps_say_their_state_in_words():
    states = ["waiting", "running", "done", "skipped", "warning", "failed"]

    html = render("{% task_list steps %}", steps=[{"label": state, "state": state} for state in states])

    for word in ("wartet", "läuft", "erledigt", "nicht nötig", "mit Hinweis", "fehlgeschlagen"):
        assert word in html
    assert html.count('aria-current="step"') == 1


def test_attributes_are_not_written_with_thousand_separators():
    html = render('{% progress 1200 4800 "Kopiert" %}')

    assert 'value="1200" max="4800"' in html


def test_pages_keep_the_rest_of_the_address():
    request = RequestFactory().get("/liste/", {"stand": "offen", "seite": "3"})
    page = page_of(request, list(range(2000)), per_page=10)

    html = Template("{% load verbund %}{% pagination page %}").render(RequestContext(request, {"page": page}))

    assert "?stand=offen&amp;seite=2" in html
    assert "21 bis 30 von 2.000" in html
    assert page_numbers(page) == [1, 2, 3, 4, "…", 200]


@pytest.mark.parametrize(("asked", "shown"), [("0", 4), ("99", 4), ("x", 1), ("", 1)])
def test_page_that_does_not_exist_becomes_one_that_does(asked: str, shown: int):
    request = RequestFactory().get("/", {"seite": asked})

    assert page_of(request, list(range(40)), per_page=10).number == shown
