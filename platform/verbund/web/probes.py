# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The colours, which every host gives to anybody."""

from __future__ import annotations

from verbund.kernel.probes import Ask, Probe

PROBES: dict[str, Probe] = {
    f"GET web{host}:theme": lambda _stage: Ask(path="/theme.css") for host in ("", "-association")
}
