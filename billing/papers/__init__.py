# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The finance department's pages about documents; what they show and do is decided by issuing."""
