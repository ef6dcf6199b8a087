# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mails: two parts, styles in the elements, the municipality's colour."""

from __future__ import annotations

from django.template.loader import render_to_string

from tests.web.site.host import municipality
from verbund.kernel import context
from verbund.web.context import site
from verbund.web.mail import preview, render_mail, with_styles
from verbund.web.theme import palette_color

VALUES = {
    "subject": "Ihre Meldung",
    "action_url": "https://luckau.example/m/1",
    "action_label": "Stand ansehen",
    "reason": "Sie haben uns eine Meldung geschickt & um Antwort gebeten.",
    "site_address": "Am Markt 34\n15926 Luckau",
}


def test_mail_has_a_text_part_without_markup():
    with context.enter(municipality(1)):
        text, _html = render_mail("web/mail/base", VALUES)

    assert "Stand ansehen:\nhttps://luckau.example/m/1" in text
    assert "\n-- \nGemeinde Luckau\nAm Markt 34\n15926 Luckau" in text
    assert "Meldung geschickt & um Antwort" in text


def test_html_part_carries_its_styles_and_the_color():
    with context.enter(municipality(1)):
        html = with_styles(render_to_string("web/styleguide/mail.html", {**site(), **VALUES}))

    assert palette_color(1) in html
    assert "#2044aa" not in html
    assert "<style" not in html
    assert "<link" not in html


def test_preview_runs_nothing():
    response = preview("<p>Hallo</p>")

    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
