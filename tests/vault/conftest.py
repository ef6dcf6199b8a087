# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fixtures: one OpenBao for all tests here, and fresh ones for tests that seal, stop or kill it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.vault.bao import Bao

_numbers = count(1)


@pytest.fixture(scope="session")
def bao(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bao]:
    """Shared: tests leave it running and work under keys of their own."""
    made = Bao(tmp_path_factory.mktemp("bao"))
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture
def own_bao(tmp_path: Path) -> Iterator[Bao]:
    """A server one test may do anything to."""
    made = Bao(tmp_path)
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture
def key() -> str:
    """The key of a municipality no other test uses."""
    return f"m_{next(_numbers):06d}"


@pytest.fixture
def neighbour() -> str:
    """The key of another one."""
    return f"m_{next(_numbers):06d}"
