# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How often one visitor may ask for a subscription: enough for a family, too little to fill strangers' mailboxes."""

from __future__ import annotations

from verbund.web.limits import Limit

ASKING = Limit(name="subscriptions.ask", most=20, seconds=3600)
CHANGING = Limit(name="subscriptions.change", most=60, seconds=3600)
