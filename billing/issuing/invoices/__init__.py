# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Electronic invoices by EN 16931: XRechnung 3.0.2 as UBL, and the same as CII within the PDF (ZUGFeRD)."""
