# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The proof of isolation: that it holds, that it is complete, and that it would notice."""
