# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every field that an interface describes is seen with a value at least once: an empty field proves nothing."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from verbund.proof.browsers import Answer
from verbund.proof.ledger import Ledger
from verbund.proof.routes import Route

FIELDS = "fields.seen"
_API = "api/v1/"


# Filled only after a failure, which a proof does not cause on an installation.
_ONLY_AFTER_A_FAILURE = frozenset({"OnboardingState.message", "Step.message"})
# A rehearsal ends before a month is closed for good.
_ONLY_IN_THE_END = frozenset({"Period.closed_at"})
_PAGE_LINKS = frozenset({"next", "previous"})


@dataclass
class Seen:
    """Answers of the interfaces to their rightful owners, and the descriptions of both hosts."""

    answers: list[tuple[str, str, str, Any]] = field(default_factory=list)
    schemas: dict[str, dict[str, Any]] = field(default_factory=dict)

    def note(self, route: Route, method: str, answer: Answer) -> None:
        """Remember what the owner's answer held."""
        if route.name == "api-schema":
            self.schemas[route.host] = json.loads(answer.body)
        elif route.pattern.startswith(_API) and answer.status < 300:  # noqa: PLR2004 (refusals describe nothing)
            place = (route.host, _described(route.pattern), method.lower())
            # A file is no described answer; where JSON was promised, its fields are missed in the end.
            with suppress(ValueError):
                self.answers.append((*place, json.loads(answer.body)))

    def judge(self, ledger: Ledger) -> None:
        """Each field of each described answer had a value once, in whatever answer."""
        for host, schema in self.schemas.items():
            filled: set[str] = set()
            wanted: set[str] = set()
            for path, methods in schema["paths"].items():
                for method, described in methods.items():
                    for answer in _answers(described):
                        _collect(answer, schema, "", wanted, ())
                        for at, name, verb, value in self.answers:
                            if (at, name, verb) == (host, path, method):
                                _observe(answer, schema, "", value, filled)
            for name in sorted(wanted - _ONLY_AFTER_A_FAILURE - _ONLY_IN_THE_END):
                ledger.expect(FIELDS, f"{host} {name}", "nie mit einem Wert gesehen", ok=name in filled)


def _described(pattern: str) -> str:
    """`/api/v1/defects/reports/{reference}/` for `…/<str:reference>/`."""
    parts = (
        f"{{{part.strip('<>').rpartition(':')[2]}}}" if part.startswith("<") else part
        for part in pattern.split("/")
    )
    return "/" + "/".join(parts)


def _answers(described: dict[str, Any]) -> list[dict[str, Any]]:
    """The schemas of all answers that are no error."""
    return [
        content["schema"]
        for status, response in described.get("responses", {}).items()
        if status.startswith("2")
        for content in response.get("content", {}).values()
        if "schema" in content
    ]


def _resolved(node: dict[str, Any], schema: dict[str, Any], name: str) -> tuple[dict[str, Any], str]:
    reference = node.get("$ref")
    if reference is None:
        return node, name
    component = reference.rpartition("/")[2]
    # `ReportDetail` is a `Report` with more in it: what was seen in a list was seen.
    name = component.removesuffix("Detail")
    return schema["components"]["schemas"][component], name


def _parts(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [*node.get("oneOf", ()), *node.get("allOf", ()), *node.get("anyOf", ())]


def _collect(
    given: dict[str, Any], schema: dict[str, Any], name: str, wanted: set[str], above: tuple[str, ...]
) -> None:
    """`Component.field` of everything the description promises."""
    node, name = _resolved(given, schema, name)
    if name and "$ref" in given:
        if name in above:
            return
        above = (*above, name)
    for part in (*_parts(node), *([node["items"]] if "items" in node else [])):
        _collect(part, schema, name, wanted, above)
    for field_name, inner in node.get("properties", {}).items():
        if field_name not in _PAGE_LINKS and not inner.get("writeOnly"):
            wanted.add(f"{name}.{field_name}")
            _collect(inner, schema, f"{name}.{field_name}", wanted, above)


def _observe(given: dict[str, Any], schema: dict[str, Any], name: str, value: Any, filled: set[str]) -> None:
    """`Component.field` of everything that is not empty."""
    node, name = _resolved(given, schema, name)
    for part in _parts(node):
        _observe(part, schema, name, value, filled)
    if isinstance(value, list):
        for item in value:
            _observe(node.get("items", {}), schema, name, item, filled)
    if isinstance(value, dict):
        for field_name, inner in node.get("properties", {}).items():
            if value.get(field_name) not in (None, "", [], {}):
                filled.add(f"{name}.{field_name}")
                _observe(inner, schema, f"{name}.{field_name}", value[field_name], filled)
