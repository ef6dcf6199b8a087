# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Static files: everything a style sheet names is there, so that collectstatic succeeds; nothing inline in templates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.storage import FileSystemStorage

from verbund.embedded import frontend

WEB = Path(frontend.VENDOR).parents[1]
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|=.javascript:|hx-on", re.IGNORECASE)


def test_style_sheets_name_only_files_that_exist(tmp_path: Path):
    frontend.provide()
    source = FileSystemStorage(WEB / "static")
    files = [
        file.relative_to(WEB / "static").as_posix() for file in (WEB / "static").rglob("*") if file.is_file()
    ]
    storage = ManifestStaticFilesStorage(location=tmp_path, base_url="/static/")
    for name in files:
        with source.open(name) as content:
            FileSystemStorage(tmp_path).save(name, content)

    results = list(storage.post_process({name: (FileSystemStorage(tmp_path), name) for name in files}))

    assert [(name, error) for name, _hashed, error in results if isinstance(error, Exception)] == []
    assert len(results) >= len(files)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_template_has_nothing_inline(template: Path):
    assert INLINE.findall(template.read_text(encoding="utf-8")) == []
