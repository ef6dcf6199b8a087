# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mein Ort: news about a neighbourhood by mail, without an account."""
