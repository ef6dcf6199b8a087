# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Uploads: looked at before they are believed, re-encoded, kept apart for each municipality."""
