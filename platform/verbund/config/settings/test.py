# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tests: real services started by tests/conftest.py, which sets the environment first."""

from __future__ import annotations

from verbund.config.settings.base import *
from verbund.config.settings.base import CACHES, DATABASES, STORAGES

DATABASES["default"]["CONN_MAX_AGE"] = 0
# Runs that share a Valkey do not count each other's requests.
CACHES["default"]["KEY_PREFIX"] = DATABASES["default"]["NAME"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Argon2 at full cost would be most of the suite's time; one test checks production's hasher.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Requests are counted in memory only; the tests of metering start flushers of their own.
SPOOL_ROOT = None
