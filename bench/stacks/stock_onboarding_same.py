# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stock django-tenants making exactly the structure of our schemas: the stricter comparison."""

from __future__ import annotations

from bench.stacks.shared import database
from verbund.config.settings.base import *  # noqa: F403 (settings by inheritance)
from verbund.config.settings.base import INSTALLED_APPS

SHARED_APPS = ["django_tenants", "bench.customers", "django.contrib.contenttypes", "django.contrib.auth"]
INSTALLED_APPS = [*INSTALLED_APPS, "bench.customers"]
DATABASES = database("django_tenants.postgresql_backend")
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
PUBLIC_SCHEMA_NAME = "public"
PG_EXTRA_SEARCH_PATHS = ["ext"]
TENANT_MODEL = "customers.Customer"
TENANT_DOMAIN_MODEL = "customers.CustomerDomain"
# The platform fills neither content types nor permissions; tenants.apps has taken the handlers away.
AS_IT_COMES = False
