# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where each chain stood, kept in the association's schema, out of reach of whoever holds a municipality's."""
