# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns usage into reports, and later into cost shares and documents; knows no module."""
