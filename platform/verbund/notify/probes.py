# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the commands about mail are run for one municipality."""

from __future__ import annotations

from verbund.kernel.probes import Run

COMMANDS: dict[str, Run | str] = {
    "mail bounced": "liest den Bericht eines Mailservers; die Kommune ergibt sich aus der Rücklaufadresse"
}
