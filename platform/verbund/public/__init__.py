# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What citizens see of a municipality before any service: start page, legal pages, feedback on barriers."""
