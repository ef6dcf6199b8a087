# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which apps stand in whose schema: asked of the registry, nothing is listed by hand."""

from __future__ import annotations

from verbund.kernel import registry
from verbund.kernel.specs import AppScope

_FRAMEWORK = ["django.contrib.contenttypes", "django.contrib.auth", "django_tenants"]
_WITHOUT_TABLES = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "template_partials",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "django_structlog",
    "csp",
    "verbund.config",
]

# The framework first: tenants takes back in ready() what these connect in theirs.
SHARED_APPS = [*_FRAMEWORK, *registry.apps(AppScope.ASSOCIATION, AppScope.BOTH)]
TENANT_APPS = [
    *registry.apps(AppScope.MUNICIPALITY, AppScope.BOTH),
    "django.contrib.contenttypes",
    "django.contrib.auth",
]
INSTALLED_APPS = list(dict.fromkeys([*SHARED_APPS, *TENANT_APPS, *_WITHOUT_TABLES]))
