# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Schemas and roles: made by replaying a template, moved forward by migrations."""
