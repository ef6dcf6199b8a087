# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Collects what members owe by SEPA direct debit, where they gave a mandate."""
