# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The port `SearchIndex`: how packages below this one say that something can be found differently now."""

from __future__ import annotations

from collections.abc import Collection

from verbund.search import index


class Index:
    """To be asked in the transaction of the change."""

    def refresh(self, *, source: str, keys: Collection[str]) -> None:
        index.refresh(source=source, keys=keys)


search_index = Index()
