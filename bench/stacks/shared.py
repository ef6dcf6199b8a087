# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings that all stacks have in common: everything but the tenancy part."""

from __future__ import annotations

import os
from typing import Any

SECRET_KEY = "only for the bench, which listens nowhere"
ALLOWED_HOSTS = ["*"]
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
LANGUAGE_CODE = "de"
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rows in the schema at work, in every stack; signing in is not what is measured.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
LOGGING: dict[str, Any] = {"version": 1, "disable_existing_loggers": False}

PER_TENANT_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "bench.notices",
]
WITHOUT_TABLES = ["django.contrib.messages"]

BEFORE_TENANCY = ["django.middleware.security.SecurityMiddleware"]
AFTER_TENANCY = [
    "bench.notices.site.OneSite",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "bench.notices.site"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

HEALTH_CHECKS = os.environ.get("BENCH_HEALTH_CHECKS") == "1"


def database(engine: str) -> dict[str, dict[str, Any]]:
    """The connection of a stack that brings a login of its own: kept open, as in production."""
    return {
        "default": {
            "ENGINE": engine,
            "HOST": os.environ["BENCH_DB_HOST"],
            "PORT": os.environ["BENCH_DB_PORT"],
            "NAME": os.environ["BENCH_DB_NAME"],
            "USER": os.environ["BENCH_DB_USER"],
            "PASSWORD": os.environ["BENCH_DB_PASSWORD"],
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": HEALTH_CHECKS,
        },
    }
