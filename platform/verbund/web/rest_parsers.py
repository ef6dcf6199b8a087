# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads JSON from outside.

Apart from the rest of what endpoints share: DRF asks for its parsers while it makes its view class, and whatever
imports that class cannot be asked by it.
"""

from __future__ import annotations

from typing import Any

from rest_framework import exceptions
from rest_framework.parsers import JSONParser
from typing_extensions import override


class Json(JSONParser):
    """JSON, no deeper than Python can follow; Django has measured its length."""

    @override
    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise exceptions.ParseError from error
