# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a year to come may cost each member, for the members' own budgets; an estimate that binds nobody."""
