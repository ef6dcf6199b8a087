# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages on which the finance department keeps its books: forms and views; what they do is decided by costs and closing."""
