# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plain Django: one schema, no tenancy at all. What the others are compared with."""

from __future__ import annotations

from bench.stacks.shared import *  # noqa: F403 (settings by inheritance, as Django's own examples do)
from bench.stacks.shared import AFTER_TENANCY, BEFORE_TENANCY, PER_TENANT_APPS, WITHOUT_TABLES, database

INSTALLED_APPS = [*PER_TENANT_APPS, *WITHOUT_TABLES]
MIDDLEWARE = [*BEFORE_TENANCY, *AFTER_TENANCY]
DATABASES = database("django.db.backends.postgresql")
