# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Collects the URL confs of all specs; a module's namespace is its slug, so that the gate knows whose page it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from django.urls import URLResolver, include, path

from verbund.kernel import registry

Field = Literal["urls_public", "urls_staff", "urls_association", "urls_api", "urls_api_association"]
_SUFFIX: dict[Field, str] = {
    "urls_public": "",
    "urls_staff": "-staff",
    "urls_association": "-association",
    "urls_api": "-api",
    "urls_api_association": "-api-association",
}


def included(field: Field, prefix: str = "") -> Iterator[URLResolver]:
    """One include for each spec that has such pages; namespaces are `defects`, `defects-staff`, `defects-api`."""
    for spec in registry.all_specs():
        dotted = getattr(spec, field)
        if dotted is not None:
            yield path(prefix, include((dotted, spec.slug), namespace=f"{spec.slug}{_SUFFIX[field]}"))
