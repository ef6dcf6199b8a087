# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the tenants package."""

from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class TenantsConfig(AppConfig):
    name = "tenants"
    label = "tenants"

    @override
    def ready(self) -> None:
        """Keep content types apart by schema, and stop Django from filling tables nobody reads."""
        from django.contrib.contenttypes.management import create_contenttypes  # noqa: PLC0415 (apps must be ready)
        from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415
        from django.db.models.signals import post_migrate  # noqa: PLC0415

        from tenants.content_types import CacheBySchema  # noqa: PLC0415

        ContentType.objects._cache = CacheBySchema()  # type: ignore[attr-defined]  # noqa: SLF001 (Django has no other place for it)
        post_migrate.disconnect(create_contenttypes)
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
