# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""django-tenants with the setting that saves most of its SET statements."""

from __future__ import annotations

from bench.stacks.stock import *  # noqa: F403 (settings by inheritance)

TENANT_LIMIT_SET_CALLS = True
