# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What cases have of their own, besides the inbox."""

from __future__ import annotations

WITHOUT_ROW = {
    "verbund.cases.timeline.note_down": "Teil eines Dienstes, der selbst eine Zeile schreibt",
}
