# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other packages use of the exchange."""

from __future__ import annotations

from verbund.exchange.errors import NoPartner, TooLate
from verbund.exchange.outbox import send, withdraw
from verbund.exchange.partners import Partner, name_of, partner, partners

__all__ = ["NoPartner", "Partner", "TooLate", "name_of", "partner", "partners", "send", "withdraw"]
