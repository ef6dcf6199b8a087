# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much one visitor or one program may send: far more than anybody needs, too little to flood an office."""

from __future__ import annotations

from verbund.web.limits import Limit

_HOUR = 3600

# Many share an address: a school, a town hall, a mobile network.
DRAFTS = Limit(name="defects.drafts", most=60, seconds=_HOUR)
PHOTOS = Limit(name="defects.photos", most=60, seconds=_HOUR)
REPORTS = Limit(name="defects.reports", most=30, seconds=_HOUR)
# Nobody confirms these by mail, so nothing else holds them back.
REPORTS_WITHOUT_ADDRESS = Limit(name="defects.reports_without_address", most=10, seconds=_HOUR)
# For each key: after a storm a town's own app sends many at once.
OPEN311 = Limit(name="defects.open311", most=60, seconds=60)
