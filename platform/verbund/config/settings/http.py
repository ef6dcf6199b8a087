# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way of a request: middleware, templates, cookies, languages, API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from verbund import kernel
from verbund.web.security import *

ALLOWED_HOSTS = ["*"]  # hosts are decided by tenants.middleware against the registry, not by a list
USE_X_FORWARDED_HOST = False
ROOT_URLCONF = "verbund.config.urls.nowhere"
WSGI_APPLICATION = "verbund.config.wsgi.application"

MIDDLEWARE = [
    "verbund.web.clients.ForwardedScheme",
    "verbund.web.middleware.RequestId",
    "verbund.web.middleware.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "verbund.web.middleware.Language",
    "tenants.middleware.HostRouting",
    "verbund.web.middleware.NoNulls",
    # Right after the host is known, so that static files, sessions and sign-in are measured too.
    "verbund.metering.middleware.RequestMetering",
    "verbund.files.middleware.UploadLimit",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "verbund.support.middleware.SupportGuest",
    "verbund.accounts.reach.middleware.MembersInReach",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "verbund.web.middleware.DomainErrors",
    "tenants.middleware.ModuleGate",
    "axes.middleware.AxesMiddleware",
]

FORM_RENDERER = "verbund.web.forms.KernRenderer"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "verbund.config.page_context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
            ],
        },
    },
]

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
# The other packages are apps, whose folders Django finds by itself.
LOCALE_PATHS = [Path(kernel.__file__).parent / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["verbund.web.formats"]

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_ENGINE = "verbund.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "verbund.web.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "verbund.accounts.rest.TokenAuthentication",
        "verbund.accounts.rest.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["verbund.accounts.rest.DenyAll"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["verbund.web.rest_parsers.Json"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "verbund.web.rest.Pages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "EXCEPTION_HANDLER": "verbund.web.rest.problem_response",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Verbund",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    # Several answers have a `state` or a `kind`, each of its own choices.
    "ENUM_NAME_OVERRIDES": {
        "BillingStateEnum": "billing.closing.states.State",
        "ReportStateEnum": "verbund.modules.defects.states.State",
        "PublicReportStateEnum": "verbund.modules.defects.rest.serializers.PUBLIC_STATES",
        "TenantStateEnum": "tenants.states.State",
        "TenantKindEnum": "tenants.models.Kind",
    },
}
