# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the association's finance department; what they show and do is decided by costs and closing."""
