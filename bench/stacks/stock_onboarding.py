# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stock django-tenants with the platform's tenant apps and nothing of the platform's own ways.

Django's tables of permissions and groups are there, content types and permissions are filled.
"""

from __future__ import annotations

from bench.stacks.stock_onboarding_same import *  # noqa: F403 (settings by inheritance)

MIGRATION_MODULES: dict[str, str | None] = {}
AS_IT_COMES = True
