# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Months for the association's own programs: what the board shows, and its steps with a person's key and second factor."""
