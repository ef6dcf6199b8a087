# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo on one machine: plain HTTP on loopback."""

from __future__ import annotations

from verbund.config.settings.base import *
from verbund.config.settings.base import STORAGES

# Compressing takes a minute and saves nothing on loopback.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
