# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every text people read is translated, completely and without changing what is filled in."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.utils import translation

from verbund.embedded import messages
from verbund.embedded.messages import Package

PACKAGES = [package for package in messages.packages() if package.po.exists()]
HOW = "Bring the texts together with `make messages` and translate what is empty."
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")
_TAG = re.compile(r"</?[a-z][^>]*>")
_GERMAN = re.compile(
    r"\w*[äöüßÄÖÜ]\w*|\b(?:und|oder|nicht|der|das|ein|eine|einen|Sie|Bitte|wird|mit|für|von|zum|zur|keine)\b"
)
# Names and addresses that stay as they are.
NAMES = {"Hauptstraße"}
_EAGER = {"gettext", "ngettext", "pgettext", "npgettext"}


def names() -> list[str]:
    return [str(package.folder.relative_to(messages.ROOT)) for package in PACKAGES]


def pairs(package: Package) -> list[tuple[str, str]]:
    """Each form with its translation."""
    found = []
    for message in messages.texts(messages.stored(package)):
        forms = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        found += zip(forms, messages.forms(message), strict=True)
    return found


def test_every_text_has_an_entry_and_every_entry_a_text():
    differing: dict[str, list[object]] = {}
    for package in messages.packages():
        collected = {messages.key(message) for message in messages.texts(messages.collect(package))}
        stored = {messages.key(message) for message in messages.texts(messages.stored(package))}
        if collected != stored:
            differing[package.folder.name] = sorted(collected ^ stored, key=str)

    assert differing == {}, HOW


@pytest.mark.parametrize("package", PACKAGES, ids=names())
def test_nothing_is_left_untranslated(package: Package):
    assert [messages.key(message) for message in messages.untranslated(messages.stored(package))] == [], HOW


@pytest.mark.parametrize("package", PACKAGES, ids=names())
def test_translations_fill_in_the_same(package: Package):
    changed = [
        (text, english)
        for text, english in pairs(package)
        if sorted(_PLACEHOLDER.findall(text)) != sorted(_PLACEHOLDER.findall(english))
        or _TAG.findall(text) != _TAG.findall(english)
        or text.count("\n") != english.count("\n")
    ]

    assert changed == []


@pytest.mark.parametrize("package", PACKAGES, ids=names())
def test_no_german_is_left_in_english(package: Package):
    found = [
        (word, english)
        for _text, english in pairs(package)
        for word in _GERMAN.findall(re.sub(r"“[^”]*”", "", english))
        if word not in NAMES
    ]

    assert found == []


def test_one_text_reads_the_same_in_every_package():
    readings: dict[object, set[tuple[str, ...]]] = defaultdict(set)
    for package in PACKAGES:
        for message in messages.texts(messages.stored(package)):
            readings[messages.key(message)].add(messages.forms(message))

    assert {text: found for text, found in readings.items() if len(found) > 1} == {}


def shown(message: Message) -> tuple[str, ...]:
    if isinstance(message.id, str):
        if message.context:
            return (translation.pgettext(message.context, message.id),)
        return (translation.gettext(message.id),)
    one, many = message.id
    return translation.ngettext(one, many, 1), translation.ngettext(one, many, 2)


@pytest.mark.parametrize("package", PACKAGES, ids=names())
def test_django_shows_what_is_written(package: Package):
    """The packages are found, compiled, and no library's own texts come in between."""
    found = messages.texts(messages.stored(package))
    with translation.override("en"):
        assert [shown(message) for message in found] == [messages.forms(message) for message in found]
    with translation.override("de"):
        german = [(message.id,) if isinstance(message.id, str) else tuple(message.id) for message in found]
        assert [shown(message) for message in found] == german


def test_compiling_again_does_nothing():
    messages.compile_all()

    assert messages.compile_all() == []


def evaluated_early(file: Path) -> list[str]:
    """Calls of gettext that run when the module is imported, before any language is known."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    eager = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in _EAGER
    }
    found: list[str] = []

    def visit(node: ast.AST) -> None:
        inside: list[ast.AST] = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            inside = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
            inside += getattr(node, "decorator_list", [])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in eager:
            found.append(f"{file.relative_to(messages.ROOT)}:{node.lineno}")
        for child in inside:
            visit(child)

    visit(tree)
    return found


def test_texts_wait_for_the_language_of_the_page():
    files = [file for package in messages.packages() for file in package.sources() if file.suffix == ".py"]

    assert [place for file in files for place in evaluated_early(file)] == []
