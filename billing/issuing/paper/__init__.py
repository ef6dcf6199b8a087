# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents on paper: letters as PDF/A-3a and PDF/UA-1, invoices with their XML inside (ZUGFeRD)."""
