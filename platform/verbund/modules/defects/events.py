# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the defects module tells the others."""

from __future__ import annotations

from dataclasses import dataclass

from verbund.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ReportReceived(Event):
    """A report is confirmed and waits for the office."""

    report_id: int
    reference: str
    category: str


@dataclass(frozen=True, kw_only=True)
class ReportStateChanged(Event):
    """A report moved from one state to another."""

    report_id: int
    reference: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class ReportAnswered(Event):
    """The office said something in public, with or without a change of state."""

    report_id: int
    reference: str
