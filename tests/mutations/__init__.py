# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Guards taken out one at a time, in a copy of the tree: the proof has to turn red."""
