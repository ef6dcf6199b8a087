# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Content types have ids that differ between schemas of different history, so the cache is kept by schema."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from typing_extensions import override

from tenants.database.targets import wanted


class CacheBySchema(dict[str, Any]):
    """Looks like the one dictionary Django's manager expects, and is one for each schema."""

    def __init__(self) -> None:
        super().__init__()
        self._by_schema: dict[str, dict[Any, Any]] = {}

    def _mine(self) -> MutableMapping[Any, Any]:
        return self._by_schema.setdefault(wanted().schema, {})

    @override
    def __getitem__(self, key: Any) -> Any:
        return self._mine()[key]

    @override
    def __setitem__(self, key: Any, value: Any) -> None:
        self._mine()[key] = value

    @override
    def setdefault(self, key: Any, default: Any = None) -> Any:
        return self._mine().setdefault(key, default)

    @override
    def get(self, key: Any, default: Any = None) -> Any:
        return self._mine().get(key, default)

    @override
    def clear(self) -> None:
        self._by_schema.clear()
