# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Collecting and compiling texts, on a small tree of its own."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from verbund.embedded import messages

TEMPLATE = """\
  {% load i18n %}<p title="{% translate "Hilfe" %}">
      {% blocktranslate count n=list|length %}Ein Weg mit 5 %{% plural %}{{ n }} Wege{% endblocktranslate %}
   </p>{{ name|default:_("ohne Namen") }}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("platform/verbund/parks/templates", "platform/verbund/modules", "tenants", "billing"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "__init__.py").touch()
    parks = tmp_path / "platform" / "verbund" / "parks"
    (parks / "__init__.py").write_text(
        'A = _("Bank")\nB = pgettext_lazy("Geld", "Bank")\nC = ngettext("%(n)s Baum", "%(n)s Bäume", n)\n'
    )
    (parks / "templates" / "park.html").write_text(TEMPLATE)
    (tmp_path / "tenants" / "__init__.py").write_text('A = gettext_noop("Bank")\n')
    return tmp_path


def po(root: Path, package: str = "platform/verbund/parks") -> Path:
    return root / package / "locale" / "en" / "LC_MESSAGES" / "django.po"


def translate(root: Path, text: str, english: str) -> None:
    content = po(root).read_text(encoding="utf-8")
    before = f'msgid "{text}"\nmsgstr ""'
    assert before in content
    po(root).write_text(content.replace(before, f'msgid "{text}"\nmsgstr "{english}"', 1), encoding="utf-8")


def test_texts_of_python_and_templates_are_collected(root: Path):
    assert messages.extract_all(root) == [po(root), po(root, "tenants")]

    found = {messages.key(message) for message in messages.texts(messages.stored(messages.packages(root)[1]))}
    assert found == {
        (None, "Bank"),
        ("Geld", "Bank"),
        (None, ("%(n)s Baum", "%(n)s Bäume")),
        (None, "Hilfe"),
        (None, ("Ein Weg mit 5 %%", "%(n)s Wege")),
        (None, "ohne Namen"),
    }


def test_translations_stay_and_nothing_else_moves(root: Path):
    messages.extract_all(root)
    translate(root, "Hilfe", "Help")
    before = po(root).read_text(encoding="utf-8")

    assert messages.extract_all(root) == []

    template = root / "platform/verbund/parks/templates/park.html"
    template.write_text("\n\n" + TEMPLATE.replace("ohne Namen", "namenlos"))
    messages.extract_all(root)
    after = po(root).read_text(encoding="utf-8")
    assert 'msgstr "Help"' in after
    assert after.count("\n") == before.count("\n")
    assert "ohne Namen" not in after
    assert str(root) not in after


def test_what_one_package_translated_serves_the_others(root: Path):
    messages.extract_all(root)
    translate(root, "Bank", "Bench")
    messages.extract_all(root)

    assert 'msgid "Bank"\nmsgstr "Bench"' in po(root, "tenants").read_text(encoding="utf-8")


def test_compiled_texts_are_what_gettext_reads(root: Path):
    messages.extract_all(root)
    translate(root, "Hilfe", "Help")

    compiled = messages.compile_all(root)

    assert compiled == [po(root).with_suffix(".mo"), po(root, "tenants").with_suffix(".mo")]
    with compiled[0].open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Hilfe") == "Help"
    assert messages.compile_all(root) == []
    os.utime(po(root), ns=(compiled[0].stat().st_mtime_ns + 1,) * 2)
    assert messages.compile_all(root) == [compiled[0]]


def test_a_package_without_texts_keeps_no_file(root: Path):
    messages.extract_all(root)
    messages.compile_all(root)
    (root / "tenants" / "__init__.py").write_text("")

    messages.extract_all(root)
    messages.compile_all(root)

    assert list((root / "tenants").rglob("*.?o")) == []


def test_it_says_how_to_use_it(capsys: pytest.CaptureFixture[str]):
    assert messages.main([]) == 2
    assert "extract | compile" in capsys.readouterr().err
