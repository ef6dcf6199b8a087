# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Defect reports: citizens say what is broken and where, the office says what becomes of it."""
