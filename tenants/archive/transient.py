# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which tables an archive leaves out, and why: their packages say so."""

from __future__ import annotations

from django.apps import apps

from verbund.kernel import registry
from verbund.kernel.language import official_language


def excluded_tables() -> dict[str, str]:
    """Table to reason, in the official language."""
    with official_language():
        found = {
            apps.get_model(item.model)._meta.db_table: str(item.reason)  # noqa: SLF001 (Django's documented name)
            for spec in registry.all_specs()
            for item in spec.lifecycle.transient
        }
        return dict(sorted(found.items()))
