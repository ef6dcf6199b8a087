# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Front-end packages: complete, without maps, quick the second time."""

from __future__ import annotations

import re
from pathlib import Path

from verbund.embedded import frontend
from verbund.web.icons import ICONS

STYLES = Path(frontend.VENDOR).parent / "web"


def test_packages_are_copied_once(tmp_path: Path):
    vendor = tmp_path / "vendor"

    assert frontend.provide(vendor=vendor)
    assert not frontend.provide(vendor=vendor)
    assert (vendor / "kern" / "kern.min.css").stat().st_size > 300_000
    assert (vendor / "fira-sans" / "LICENSE").exists()


def test_no_file_asks_for_a_map_that_is_not_shipped(tmp_path: Path):
    frontend.provide(vendor=tmp_path / "vendor")

    files = [file for file in (tmp_path / "vendor").rglob("*") if file.suffix in {".js", ".css"}]
    assert [file.name for file in files if b"sourceMappingURL" in file.read_bytes()] == []


def test_fonts_of_the_style_sheet_exist():
    frontend.provide()
    names = re.findall(r'url\("\.\./([^"]+)"\)', (STYLES / "fonts.css").read_text(encoding="utf-8"))

    assert len(names) == 6
    assert [name for name in names if not (STYLES.parent / name).exists()] == []


def test_icons_are_those_kern_ships():
    frontend.provide()
    sheet = (frontend.VENDOR / "kern" / "kern.min.css").read_text(encoding="utf-8")
    sizes = {"small", "default", "large", "x-large"}

    assert set(re.findall(r"\.kern-icon--([a-z-]+)", sheet)) - sizes == set(ICONS)
