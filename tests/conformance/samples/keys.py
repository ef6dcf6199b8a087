# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""New passwords and keys."""

from __future__ import annotations

WITHOUT_ROW = {
    "tenants.keys.passwords.rotate_password": "nur mit der Kennung der Einrichtung; tests/tenants/keys prüft die Zeilen",
}
