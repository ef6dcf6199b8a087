# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the workers share the suite: tests with something expensive in common stay together, long ones begin first.

A scheduler of our own instead of `xdist_group`: pytest-xdist 3.8 writes the group into the node's id, and pytest 9 no longer
lets anybody write there, so groups are silently ignored.
"""

from __future__ import annotations

from typing import Any
from zlib import crc32

import pytest
from xdist.scheduler import LoadScopeScheduling

# What takes long and cannot be divided begins first, so that no worker is left alone with it at the end. Pages come
# last, in two halves: a browser that got stuck takes everything after it along.
_BEGINS, _ENDS = ("system", "proof"), ("e2e", "pages")
_PAGES = "tests/e2e/test_every_page.py"


class Sharing(LoadScopeScheduling):
    """Hands out whole groups, in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    config.option.loadscopereorder = False
    return Sharing(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _rank(group_of(item.nodeid)))


def group_of(nodeid: str) -> str:
    """A folder where its tests share an installation, else the file."""
    path, _separator, _test = nodeid.partition("::")
    if path == _PAGES:
        return f"pages {crc32(nodeid.encode()) % 2}"
    folder = path.removeprefix("tests/").partition("/")[0]
    return folder if folder in {"system", "e2e", "proof"} else path


def _rank(group: str) -> int:
    name = group.split(maxsplit=1)[0]
    if name in _BEGINS:
        return _BEGINS.index(name) - len(_BEGINS)
    return 1 + _ENDS.index(name) if name in _ENDS else 0
