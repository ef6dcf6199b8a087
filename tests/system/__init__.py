# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole demo as people start it: what its processes may do, what lies at rest, and what survives a kill."""
