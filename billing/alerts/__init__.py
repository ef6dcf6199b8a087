# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Thresholds a municipality sets for itself: who is told once a month when usage or costs reach them. Nothing is ever blocked."""
