# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Business facts that are counted, in the schema and the transaction they happened in."""
