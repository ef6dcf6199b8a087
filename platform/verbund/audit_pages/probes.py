# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The record as its readers see it, on both hosts."""

from __future__ import annotations

from verbund.kernel.context import Municipality
from verbund.kernel.probes import Ask, Probe, Stage


def _role(stage: Stage) -> str:
    return "administrator" if isinstance(stage.scope, Municipality) else "auditor"


def _path(stage: Stage) -> str:
    return "/verwaltung/protokoll/" if isinstance(stage.scope, Municipality) else "/protokoll/"


def _entries(stage: Stage) -> Ask:
    """The filter names the people of this scope."""
    stage.person(_role(stage))
    return Ask(path=_path(stage), role=_role(stage), shows=True)


def _download(stage: Stage) -> Ask:
    return Ask(path=f"{_path(stage)}protokoll.csv", role=_role(stage))


PROBES: dict[str, Probe] = {
    f"GET audit_pages-{area}:{name}": probe
    for area in ("staff", "association")
    for name, probe in (("entries", _entries), ("download", _download))
}
