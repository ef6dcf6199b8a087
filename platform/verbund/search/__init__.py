# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Full text over what every package offers, as far as the one who looks may see it."""
