# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The description of the interfaces, which anybody may read."""

from __future__ import annotations

from verbund.kernel.probes import Ask, Probe, Run

PROBES: dict[str, Probe] = {"GET api-schema": lambda _stage: Ask(path="/api/schema/?format=json")}

# Commands of the whole installation: they enter no municipality on behalf of anybody.
COMMANDS: dict[str, Run | str] = {
    "audit verify": Run(arguments=("--tenant", "{slug}", "--json")),
    "isolation-proof": "ist dieser Nachweis selbst",
    "manage": "führt Befehle von Django aus; ohne Kommune liest und schreibt keiner etwas",
    "migrate": "ändert die Struktur aller Schemas als Eigentümer, liest keine Zeile",
    "metrics": "liefert Zahlen ohne Kommune aus, nur lokal",
    "onboard": "legt Kommunen an; der Nachweis hat beide damit angelegt",
    "tenants list": "zeigt das Verzeichnis des Verbands",
}
