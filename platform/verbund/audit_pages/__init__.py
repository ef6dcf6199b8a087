# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the audit record in the browser: for a municipality's administrator and for the association's auditor."""
