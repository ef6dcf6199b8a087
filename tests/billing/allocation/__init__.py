# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The allocation engine: sums, limits, keys, prices and the record of a run."""
