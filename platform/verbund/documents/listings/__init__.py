# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists people take along: one value, written as CSV, Excel, JSON or PDF."""
