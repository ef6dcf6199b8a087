# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plain structured text becomes HTML and nothing else does."""

from __future__ import annotations

import time

import pytest

from verbund.web.markup import plain, render


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("Ein Satz.", "<p>Ein Satz.</p>"),
        ("Eine Zeile\nnoch eine", "<p>Eine Zeile<br>noch eine</p>"),
        ("Absatz\r\n\r\nAbsatz", "<p>Absatz</p><p>Absatz</p>"),
        ("# Oben\n## Mitte\n### Unten", "<h2>Oben</h2><h2>Mitte</h2><h3>Unten</h3>"),
        ("Liste:\n- eins\n- zwei", "<p>Liste:</p><ul><li>eins</li><li>zwei</li></ul>"),
        ("1. eins\n2) zwei\nweiter", "<ol><li>eins</li><li>zwei</li></ol><p>weiter</p>"),
        ("Das ist **wichtig**.", "<p>Das ist <strong>wichtig</strong>.</p>"),
        ("[Land](https://www.brandenburg.de)", '<p><a href="https://www.brandenburg.de">Land</a></p>'),
        ("[hier](/kontakt/)", '<p><a href="/kontakt/">hier</a></p>'),
        ("Siehe https://a.de/b.", '<p>Siehe <a href="https://a.de/b">https://a.de/b</a>.</p>'),
        ("E-Mail: a@b.de", '<p>E-Mail: <a href="mailto:a@b.de">a@b.de</a></p>'),
    ],
)
def test_text_is_rendered(text, html):
    assert render(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[klick](javascript:alert(1))",
        "[klick](//fremd.example)",
        "[klick](/\\\\fremd.example)",
        "[klick](data:text/html,x)",
        '[klick](https://a.de/"onclick="x)',
        "## <img src=x onerror=y>",
        "- <b>fett</b>",
        "**<i>x</i>**",
    ],
)
def test_no_markup_of_the_author_comes_through(text):
    html = render(text)

    assert "javascript:" not in html.lower() or "href" not in html
    assert not any(
        part in html
        for part in ("<script", "<img", "<b>", "<i>", 'href="//', 'href="/\\', 'href="data', '"onclick')
    )


def test_plain_text_has_no_marks():
    assert plain("## Titel\n\n- **eins** [zwei](/x/)") == "Titel eins zwei"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 30_000,
        "[a](" * 7_500,
        "a." * 15_000 + "@",
        ("[" + "a" * 15_000) * 2,
        "**a" * 10_000,
        "http://" + "." * 30_000,
    ],
)
def test_no_text_takes_long(text):
    """Thirty thousand brackets took fifteen seconds, for everybody who opened the page."""
    started = time.process_time()

    render(text)
    plain(text)

    assert time.process_time() - started < 1
