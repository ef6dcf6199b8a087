# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys for people: what holds, what a version gave, what another would give, and what next year may cost."""
