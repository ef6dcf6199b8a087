# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Searching as people do it."""

from __future__ import annotations

from django.urls import reverse

from verbund.kernel.probes import Ask, Probe, Run

_URLS = "verbund.config.urls.municipality"

PROBES: dict[str, Probe] = {
    "GET search:results": lambda stage: Ask(
        path=reverse("search:results", urlconf=_URLS) + f"?q={stage.canary}", is_common=True
    ),
    "GET search-staff:results": lambda stage: Ask(
        path=reverse("search-staff:results", urlconf=_URLS) + f"?q={stage.canary}",
        role="clerk",
        is_common=True,
    ),
}

COMMANDS: dict[str, Run | str] = {"search rebuild": Run(arguments=("--slug", "{slug}", "--json"))}
