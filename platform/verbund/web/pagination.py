# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cuts lists into pages; the page stands in the address as `?seite=2`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PARAMETER = "seite"
GAP = "…"


class Rows(Protocol):
    """A list or a query set: something with a length and slices."""

    def __len__(self) -> int: ...

    def __getitem__(self, key: Any, /) -> Any: ...

    def __iter__(self) -> Iterator[Any]: ...


def page_of(request: HttpRequest, rows: Rows, *, per_page: int = 25, count: int | None = None) -> Page[Any]:
    """The page the address asks for; a page that does not exist becomes the first or the last.

    ``count`` saves a query where the caller knows how many rows there are.
    """
    paginator: Paginator[Any] = Paginator(rows, per_page)
    if count is not None:
        vars(paginator)["count"] = count  # a cached property: asked for once, and here not at all
    return paginator.get_page(request.GET.get(PARAMETER, 1))


def page_numbers(page: Page[Any]) -> list[int | str]:
    """Numbers to show, with GAP where some are left out: 1 … 4 5 6 … 20."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else GAP for number in numbers]
