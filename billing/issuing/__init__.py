# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents of the association: notices of a levy, invoices and their corrections, with numbers without gaps."""
