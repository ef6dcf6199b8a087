# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Time in the database, measured around every statement: PostgreSQL's own statistics do not tell schemas apart."""

from __future__ import annotations

import time
from typing import Any


class DatabaseTime:
    """Sums up the statements of one request; installed as an execute wrapper."""

    __slots__ = ("calls", "ns")

    def __init__(self) -> None:
        self.ns = 0
        self.calls = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, details: Any) -> Any:  # noqa: FBT001 (Django's signature)
        start = time.perf_counter_ns()
        try:
            return execute(sql, params, many, details)
        finally:
            self.ns += time.perf_counter_ns() - start
            self.calls += 1
