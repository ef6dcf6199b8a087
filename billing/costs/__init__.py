# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is decided and booked before a month is calculated: costs, keys, services, prices, memberships, advances."""
