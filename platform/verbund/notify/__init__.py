# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail to people: written with the change it is about, sent afterwards, for certain."""
