# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes Open311 documents as XML and as JSON, the same content in both."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

XML, JSON = "xml", "json"
_CONTENT_TYPES = {XML: "text/xml; charset=utf-8", JSON: "application/json; charset=utf-8"}
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# What XML 1.0 cannot hold, however it is written.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Document:
    """``content`` is what JSON shows; XML puts it into ``root``, and lists into elements called ``item``.

    ``items`` names the elements of lists within: {"attributes": "attribute"}.
    """

    content: Any
    root: str
    item: str = ""
    items: Mapping[str, str] | None = None


def answer(document: Document, form: str, *, status: int = 200) -> HttpResponse:
    """The document in the form that the address asked for."""
    body = _xml(document) if form == XML else json.dumps(document.content, ensure_ascii=False)
    response = HttpResponse(body, status=status, content_type=_CONTENT_TYPES[form])
    # Public data for any page; a key travels in the body of POST and is never sent by a browser on its own.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _xml(document: Document) -> str:
    names = {document.root: document.item, **(document.items or {})}
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_element(document.root, document.content, names)}\n'


def _element(name: str, value: Any, names: Mapping[str, str]) -> str:
    inner = _inner(name, value, names)
    return f"<{name}>{inner}</{name}>" if inner else f"<{name}/>"


def _inner(name: str, value: Any, names: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "".join(_element(key, inner, names) for key, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "".join(_element(names.get(name) or "item", inner, names) for inner in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return _ILLEGAL.sub("", str(value)).translate(_ESCAPES)
