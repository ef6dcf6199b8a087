# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long each municipality keeps what was closed, what is held back, and what went."""
