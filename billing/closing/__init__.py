# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Months from open to closed: runs, statements, corrections, and who may not approve."""
