# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rules of the house that no other tool checks."""

from __future__ import annotations

import ast
import platform
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    file
    for folder in ("platform/verbund", "tenants", "billing")
    for file in (ROOT / folder).rglob("*.py")
    if "migrations" not in file.parts
)
BANNED = {"utils", "helpers", "common", "misc", "manager", "managers"}
LONGEST_FILE, LONGEST_FUNCTION = 400, 60
# Pure data: a list of texts is not easier to read in two files.
LONG_FILES = {"platform/verbund/modules/defects/sample_texts.py"}


def names() -> list[str]:
    return [str(file.relative_to(ROOT)) for file in SOURCES]


def test_standard_library_platform_is_not_shadowed():
    assert platform.system()
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert list((ROOT / "platform").glob("*.py")) == []


@pytest.mark.parametrize("file", SOURCES, ids=names())
def test_source_file(file: Path):
    name = str(file.relative_to(ROOT))
    text = file.read_text(encoding="utf-8")
    tree = ast.parse(text)

    assert file.stem not in BANNED
    if text.count("\n") > 3:
        assert ast.get_docstring(tree), f"{name} does not say what it is for"
    assert text.count("\n") <= LONGEST_FILE or name in LONG_FILES
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{name}:{node.name} has {length} lines"


def test_roles_are_set_in_one_place_only():
    pattern = re.compile(r"\b(SET|RESET)\s+(LOCAL\s+)?ROLE\b")
    places = [
        name
        for file, name in zip(SOURCES, names(), strict=True)
        if pattern.search(file.read_text(encoding="utf-8"))
    ]
    # The proof goes past the application, with a connection of its own, to try what each role may do.
    allowed = {"tenants/database/targets.py", "platform/verbund/proof/statements.py"}
    assert set(places) - allowed == set()


def test_a_moment_becomes_a_day_in_the_clock_only():
    # ``at.date()`` is the day in UTC: wrong for an hour or two after each midnight.
    found = [
        f"{name}:{node.lineno}"
        for file, name in zip(SOURCES, names(), strict=True)
        if not name.startswith("bench/")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and not node.args
        and not ast.unparse(node.func.value).startswith("datetime.strptime(")
    ]
    assert [place.partition(":")[0] for place in found] == ["platform/verbund/kernel/clock.py"], found


def test_no_path_of_a_machine_is_committed():
    home = re.compile(r"/(root|home/\w+|work)/(?!\*)")
    found = [
        name
        for file, name in zip(SOURCES, names(), strict=True)
        if home.search(file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_package_has_its_place_in_the_layers():
    """A package that no contract names may import what it likes."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers, _independence, embedded, *_rest = settings["tool"]["importlinter"]["contracts"]
    folders = {
        f"verbund.{init.parent.name}" for init in (ROOT / "platform" / "verbund").glob("*/__init__.py")
    } | {"tenants", "billing"}
    named = {name.strip(" ()") for line in layers["layers"] for name in line.split("|")}

    assert folders - named == {"verbund.embedded"}
    assert folders - set(embedded["source_modules"]) == {"verbund.config", "verbund.embedded"}
