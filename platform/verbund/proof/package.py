# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the proof package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.offers import MessageKind
from verbund.kernel.specs import App, AppScope, PackageSpec

PACKAGE = PackageSpec(
    slug="proof",
    label=_("Nachweis der Mandantentrennung"),
    apps=(App(name="verbund.proof", scope=AppScope.ASSOCIATION),),
    probes="verbund.proof.probes:PROBES",
    command_probes="verbund.proof.probes:COMMANDS",
    exchange=(
        MessageKind(
            slug="proof.message",
            label=_("Nachricht des Nachweises"),
            receive="verbund.proof.messages:take",
        ),
    ),
    commands={"isolation-proof": "verbund.proof.command:register"},
)
