# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages between municipalities: sealed for one receiver, delivered at least once, taken exactly once."""
