# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How often one visitor may ask for a link: enough for typing errors, too little for guessing."""

from __future__ import annotations

from verbund.web.limits import Limit

LINKS = Limit(name="cases.links", most=20, seconds=3600)
REPLIES = Limit(name="cases.replies", most=20, seconds=3600)
