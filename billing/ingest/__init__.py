# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Usage that other systems of the association report: registered producers, events one by one, each counted once."""
