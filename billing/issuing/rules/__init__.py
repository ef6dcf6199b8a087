# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The official rules for XRechnung, shipped as they were published, and what they say about a document."""
