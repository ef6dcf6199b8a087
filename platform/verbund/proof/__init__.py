# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The proof that municipalities are kept apart: everything is tried, counted and written down."""
