# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of the exchange lies with the association: sealed messages on their way, and public keys."""
