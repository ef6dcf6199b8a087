# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""django-tenants as its documentation sets it up, with its defaults."""

from __future__ import annotations

from bench.stacks.shared import *  # noqa: F403 (settings by inheritance, as Django's own examples do)
from bench.stacks.shared import AFTER_TENANCY, BEFORE_TENANCY, PER_TENANT_APPS, WITHOUT_TABLES, database

SHARED_APPS = ["django_tenants", "bench.customers", *PER_TENANT_APPS]
TENANT_APPS = PER_TENANT_APPS
INSTALLED_APPS = [*SHARED_APPS, *WITHOUT_TABLES]
# "Should be placed at the very top", says its documentation.
MIDDLEWARE = ["django_tenants.middleware.main.TenantMainMiddleware", *BEFORE_TENANCY, *AFTER_TENANCY]
DATABASES = database("django_tenants.postgresql_backend")
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
TENANT_MODEL = "customers.Customer"
TENANT_DOMAIN_MODEL = "customers.CustomerDomain"
