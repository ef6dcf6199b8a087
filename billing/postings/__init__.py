# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Postings for the accounts: from what was issued to a file of the accounting program, once."""
