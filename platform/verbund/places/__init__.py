# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Places: boundaries, addresses and the map that a municipality's services share."""
