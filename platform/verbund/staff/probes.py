# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The inbox as a clerk sees it."""

from __future__ import annotations

from verbund.kernel.probes import Ask, Probe

PROBES: dict[str, Probe] = {"GET staff-staff:inbox": lambda _stage: Ask(path="/verwaltung/", role="clerk")}
