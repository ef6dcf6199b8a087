# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents people keep: PDF/A-3a and PDF/UA-1, made by typst from a template and values."""
