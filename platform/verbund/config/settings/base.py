# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django's settings that all installations share; what differs comes from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.functional import lazystr

from verbund.config.settings.apps import *
from verbund.config.settings.authentication import *
from verbund.config.settings.environment import read_environment
from verbund.config.settings.http import *
from verbund.config.settings.observability import *
from verbund.vault.references import resolve_lazily

VERBUND = read_environment()

# A reference, resolved when first used: reading the settings needs no Vault.
SECRET_KEY: Any = lazystr(resolve_lazily("vault:association/django#secret_key"))
DEBUG = False
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_LOGIN = ("verbund_owner", "vault:provisioning/db#owner_password")
if not VERBUND.holds_owner_login:
    _LOGIN = ("verbund_app", "vault:association/db#app_password")
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "tenants.database",
        "NAME": VERBUND.db_name,
        "HOST": VERBUND.db_host,
        "PORT": VERBUND.db_port,
        "USER": _LOGIN[0],
        "PASSWORD": _LOGIN[1],
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": f"verbund-{VERBUND.role}", "connect_timeout": 5},
    },
}
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
PUBLIC_SCHEMA_NAME = "association"
TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Host"
# Permissions and groups of Django are not used; their tables would stand empty in every schema.
MIGRATION_MODULES: dict[str, str | None] = {"auth": None}
SILENCED_SYSTEM_CHECKS: list[str] = []

STATIC_ROOT = VERBUND.data / "static"
MEDIA_ROOT = VERBUND.data / "files"
SPOOL_ROOT: Path | None = VERBUND.data / "spool"

CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "verbund.web.shared_cache.SharedCache",
        "LOCATION": VERBUND.valkey_url,
        "KEY_FUNCTION": "tenants.cache_keys.make_key",
        "OPTIONS": {"password": "vault:association/valkey#password"},
    },
}

EMAIL_HOST = VERBUND.smtp_host
EMAIL_PORT = VERBUND.smtp_port
EMAIL_TIMEOUT = 10
