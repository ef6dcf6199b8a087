# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command line about a municipality's archives, backups and departure, for the proof of isolation."""

from __future__ import annotations

from verbund.kernel.probes import Run

COMMANDS: dict[str, Run | str] = {
    "tenants receiver-key": "zeigt den öffentlichen Schlüssel der Installation, der keiner Kommune gehört",
    "tenants export": Run(arguments=("--slug", "{slug}", "--out", "{folder}/{slug}.verbund")),
    "tenants open-archive": Run(arguments=("{folder}/{slug}.verbund", "--out", "{folder}/offen")),
    "tenants restore": "richtet aus einem Archiv eine neue Kommune ein, liest keine vorhandene",
    "tenants backup": Run(
        arguments=(
            "--slug",
            "{slug}",
        )
    ),
    "tenants offboard": "löscht eine Kommune in ihrem eigenen Schema, liest keine andere",
    "tenants deletion-record": "zeigt das Löschprotokoll aus dem Verzeichnis des Verbands",
}
