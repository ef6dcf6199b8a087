# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verbund's tenancy: the real backend, host routing, module gate and directory, with the bench's application."""

from __future__ import annotations

from typing import Any

from bench.stacks.shared import *  # noqa: F403 (settings by inheritance, as Django's own examples do)
from bench.stacks.shared import AFTER_TENANCY, BEFORE_TENANCY, HEALTH_CHECKS, PER_TENANT_APPS, WITHOUT_TABLES
from verbund.config.settings.environment import read_environment

VERBUND = read_environment()

SHARED_APPS = ["django.contrib.contenttypes", "django_tenants", "verbund.vault", "tenants"]
TENANT_APPS = PER_TENANT_APPS
INSTALLED_APPS = list(dict.fromkeys([*SHARED_APPS, *TENANT_APPS, *WITHOUT_TABLES]))
MIDDLEWARE = [
    *BEFORE_TENANCY,
    "tenants.middleware.HostRouting",
    *AFTER_TENANCY,
    "tenants.middleware.ModuleGate",
]
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
PUBLIC_SCHEMA_NAME = "association"
TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Host"

_LOGIN = ("verbund_app", "vault:association/db#app_password")
if VERBUND.holds_owner_login:
    _LOGIN = ("verbund_owner", "vault:provisioning/db#owner_password")
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "tenants.database",
        "HOST": VERBUND.db_host,
        "PORT": VERBUND.db_port,
        "NAME": VERBUND.db_name,
        "USER": _LOGIN[0],
        "PASSWORD": _LOGIN[1],
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": HEALTH_CHECKS,
    },
}
