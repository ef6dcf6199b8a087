# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The append-only record: who did what to which object, when, and why it was allowed."""
