# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests of one person: what is kept of them, and the erasure of what may go."""
