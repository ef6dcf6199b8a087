# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever is added without a sample is named by the proof: a page, a task, a command, a field, an exchange."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from celery import shared_task
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from verbund.kernel import registry
from verbund.kernel.context import ASSOCIATION
from verbund.kernel.probes import Ask
from verbund.proof import leftovers, walk
from verbund.proof.deliveries import try_tasks
from verbund.proof.fields import Seen
from verbund.proof.ledger import Ledger
from verbund.proof.routes import Route
from verbund.proof.stages import make_party
from verbund.proof.walk import Walk


@require_safe
def new_page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("neu")


def new_page_without_methods(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("neu")


def named(ledger: Ledger) -> list[tuple[str, str]]:
    return [(failure.trial, failure.subject) for failure in ledger.failures]


def walked(monkeypatch, parties: Any, *routes: Route, probes: Any = None) -> Ledger:
    ledger = Ledger()
    monkeypatch.setattr(walk, "routes", lambda: list(routes))
    monkeypatch.setattr(walk, "probes", lambda: probes or {})
    Walk(parties, ledger).run()
    return ledger


def parties_of(heideblick, luckau):
    return (make_party(heideblick, "AmselA1", place=1), make_party(luckau, "AmselB2", place=2))


def test_a_page_without_sample_is_named(monkeypatch, heideblick, luckau):
    route = Route("municipality", "neu:seite", "neu/", new_page)
    ledger = walked(monkeypatch, parties_of(heideblick, luckau), route)
    assert named(ledger) == [("routes.owner", "GET municipality neu:seite")]


def test_a_page_that_does_not_say_its_methods_is_named(monkeypatch, heideblick, luckau):
    route = Route("municipality", "neu:seite", "neu/", new_page_without_methods)
    ledger = walked(monkeypatch, parties_of(heideblick, luckau), route)
    assert named(ledger) == [("routes.owner", "municipality neu:seite")]


def test_a_sample_of_a_page_that_is_gone_is_named(monkeypatch, heideblick, luckau):
    probes = {"GET weg:seite": lambda _stage: Ask(path="/weg/")}
    ledger = walked(monkeypatch, parties_of(heideblick, luckau), probes=probes)
    assert named(ledger) == [("routes.owner", "GET weg:seite")]


def test_a_task_without_scope_is_named(heideblick, luckau):
    @shared_task(name="tests.without_scope")
    def without_scope() -> None: ...

    ledger = Ledger()
    try:
        try_tasks(parties_of(heideblick, luckau), ledger)
    finally:
        without_scope.app.tasks.pop("tests.without_scope")
    assert ("tasks.refused", "tests.without_scope") in named(ledger)


def test_a_command_without_sample_is_named(monkeypatch, heideblick, luckau):
    specs = [
        replace(spec, command_probes=None) if spec.slug == "billing" else spec
        for spec in registry.all_specs()
        if spec.slug in {"billing", "audit"}
    ]
    monkeypatch.setattr(registry, "all_specs", lambda: specs)
    ledger = Ledger()
    leftovers.try_commands((heideblick.slug, luckau.slug), ledger)
    assert ("commands.other", "verbund usage report") in named(ledger)


def test_a_field_that_is_never_filled_is_named():
    schema = {
        "components": {"schemas": {"Thing": {"properties": {"name": {}, "secret": {}}}}},
        "paths": {
            "/api/v1/things/": {
                "get": {
                    "responses": {
                        "200": {"content": {"a": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
                    }
                }
            }
        },
    }
    answer = ("municipality", "/api/v1/things/", "get", {"name": "x", "secret": None})
    ledger = Ledger()
    Seen(answers=[answer], schemas={"municipality": schema}).judge(ledger)
    assert named(ledger) == [("fields.seen", "municipality Thing.secret")]


def test_an_owner_who_is_only_refused_proves_nothing(monkeypatch, heideblick, luckau):
    parties = (*parties_of(heideblick, luckau), make_party(ASSOCIATION, "AmselC3", place=0))
    route = Route("municipality", "public:start", "", new_page)
    probes = {"GET public:start": lambda _stage: Ask(path="/gibt-es-nicht/", status=404)}
    ledger = walked(monkeypatch, parties, route, probes=probes)
    assert ("routes.owner", f"GET municipality public:start von {heideblick.key}") in named(ledger)
