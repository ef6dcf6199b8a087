# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which members somebody of the association looks after: those that are named, or all where none is."""
