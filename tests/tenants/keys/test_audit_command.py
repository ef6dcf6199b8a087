# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund vault audit-check`: every device of the installation writes; one that does not is named."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from tenants.commands.vault import register


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    options = parser.parse_args(["vault", "audit-check", *arguments])
    return int(options.run(options))


def test_every_device_of_the_installation_writes(capsys: pytest.CaptureFixture[str]):
    assert run("--json") == 0

    rows = json.loads(capsys.readouterr().out)["devices"]
    assert [(Path(row["file"]).name, row["writes"]) for row in rows] == [
        ("openbao-audit-first.log", True),
        ("openbao-audit-second.log", True),
    ]


def test_a_single_silent_file_is_a_finding(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    silent = tmp_path / "schweigt.log"
    silent.touch()

    assert run("--file", str(silent)) == 1
    assert "schweigt.log schweigt" in capsys.readouterr().err.replace("\n", "")
