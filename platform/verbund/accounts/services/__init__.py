# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changes accounts: each function one transaction with its row in the audit record."""
