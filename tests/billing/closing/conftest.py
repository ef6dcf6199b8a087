# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""All of this happens on a day in November 2026, whenever it is tried."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.closing import AT


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    with time_machine.travel(AT, tick=True):
        yield
