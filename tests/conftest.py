# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fixtures of all tests: two municipalities (one is the tempting neighbour), the association, clients."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client, TransactionTestCase
from playwright.sync_api import Browser, sync_playwright

from tests.harness import databases, plugin
from tests.harness.browser import executable as browser_path
from tests.harness.services import Services
from verbund.embedded import messages
from verbund.kernel import context
from verbund.kernel.context import Association, Municipality
from verbund.vault import process as vault
from verbund.web.kept import Kept

_run_database = os.environ.get("VERBUND_DB_NAME", "")


@pytest.fixture(scope="session", autouse=True)
def _translations() -> None:
    """As `make static` does; quick when nothing has changed."""
    messages.compile_all()


@pytest.fixture(scope="session")
def services() -> Services:
    assert plugin.services is not None
    return plugin.services


@pytest.fixture(scope="session", autouse=True)
def _long_kept_hosts() -> None:
    """On a busy machine a test may take longer than a host is kept, and would count the question again."""
    from tenants import directory

    directory.KEEP_SECONDS = 600.0


@pytest.fixture(scope="session")
def django_db_setup(services: Services, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A database of this run, copied from the template; tests run in it as the application's login."""
    template = databases.ensure_template(services)
    databases.copy(services, template, _run_database)
    fresh = databases.written(services)

    def copy_anew(_case: TransactionTestCase) -> None:
        # Django's flush cannot know our schemas; a copy of the template is complete. Whoever only read needs none.
        nonlocal fresh
        connections.close_all()
        if databases.written(services) != fresh:
            databases.copy(services, template, _run_database)
            fresh = databases.written(services)
        vault.forget()  # data keys of the database that is gone

    TransactionTestCase._fixture_teardown = copy_anew
    yield
    connections.close_all()
    databases.drop(services, _run_database)


@pytest.fixture(scope="session")
def _members(django_db_setup: None, django_db_blocker) -> dict[str, Municipality]:
    from tenants import directory

    with django_db_blocker.unblock():
        found = {municipality.slug: municipality for municipality in directory.active()}
        connections.close_all()
    return found


@pytest.fixture
def empty_cache() -> Callable[[], None]:
    """Forgets what is kept for a moment; the shared cache itself cannot be cleared."""

    def forget() -> None:
        cache.key_prefix = uuid4().hex  # type: ignore[attr-defined]  # a proxy of BaseCache
        Kept.forget_all()

    return forget


@pytest.fixture(autouse=True)
def _own_cache(empty_cache: Callable[[], None]) -> None:
    """No test finds what another one kept or counted."""
    from tenants import directory

    directory.forget()
    empty_cache()


def _known_by_its_host(municipality: Municipality) -> Municipality:
    """Found on its host from the first request on: neither an answer of a former test nor its expiry counts here."""
    from tenants import directory

    for host in municipality.hosts:
        directory.by_host(host)
    return municipality


@pytest.fixture
def heideblick(db: None, _members: dict[str, Municipality]) -> Municipality:
    return _known_by_its_host(_members["heideblick"])


@pytest.fixture
def luckau(db: None, _members: dict[str, Municipality]) -> Municipality:
    """The neighbour, whose data is tempting."""
    return _known_by_its_host(_members["luckau"])


@pytest.fixture
def in_heideblick(heideblick: Municipality) -> Iterator[Municipality]:
    with context.enter(heideblick):
        yield heideblick


@pytest.fixture
def in_luckau(luckau: Municipality) -> Iterator[Municipality]:
    with context.enter(luckau):
        yield luckau


@pytest.fixture
def in_association(db: None) -> Iterator[Association]:
    with context.enter_association() as association:
        yield association


@pytest.fixture
def client_of() -> Callable[[Municipality | None], Client]:
    """A client that asks a municipality's host, or the association's."""

    def make(municipality: Municipality | None, **defaults: str) -> Client:
        host = municipality.hosts[0] if municipality is not None else "verbund.localhost"
        return Client(HTTP_HOST=host, **defaults)

    return make


@pytest.fixture
def cli(services: Services) -> Callable[..., object]:
    """Runs `verbund …` in a process of its own with the owner's login, on this run's database."""

    def run(*arguments: str, alone: bool = False) -> object:
        return databases.run_cli(services, _run_database, *arguments, alone=alone)

    return run


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; Playwright allows only one driver in a process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path())
        yield browser
        browser.close()
