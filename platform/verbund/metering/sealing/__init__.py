# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Days and months that nobody can change unnoticed any more: their seals, what came too late, and the check of it all."""
