# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The cache in Valkey: shared by processes, kept apart by municipality, and never a reason to wait."""

from __future__ import annotations

import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from threading import Thread
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache, caches

from tenants.cache_keys import forget_all
from tests.harness.services import ROOT
from verbund.kernel import context
from verbund.kernel.context import NoContext
from verbund.vault.references import resolve
from verbund.web.limits import Limit, TooManyRequests
from verbund.web.shared_cache import SharedCache

OF_ANOTHER_PROCESS = """
import django; django.setup()
import sys
from django.core.cache import cache
from verbund.kernel import context
cache.key_prefix = sys.argv[1]
with context.enter_association():
    print(cache.get("seen"), cache.incr("count"))
"""


@pytest.fixture
def silent() -> Iterator[str]:
    """A server that takes connections and never answers, as a stopped Valkey does."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(64)
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def made(address: str) -> SharedCache:
    options = {**django_settings.CACHES["default"], "KEY_PREFIX": uuid4().hex}
    return SharedCache(address, options)


def test_another_process_sees_and_counts_the_same(in_association):
    cache.set("seen", ["a", 1.5], 30)
    cache.set("count", 41, 30)

    other = subprocess.run(
        [sys.executable, "-c", OF_ANOTHER_PROCESS, cache.key_prefix],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip

    assert other.stdout == "['a', 1.5] 42\n"
    assert cache.get("count") == 42


def test_keys_name_whose_they_are(heideblick, luckau):
    with context.enter(heideblick):
        cache.set("tempting", "ours", 30)
    with context.enter(luckau):
        assert cache.get("tempting") is None
    with pytest.raises(NoContext):
        cache.get("tempting")


def test_what_somebody_planted_is_not_run(in_association):
    class Trap:
        def __reduce__(self):
            return (pytest.fail, ("a pickle was opened",))

    cache.set("a", 1, 30)
    client = caches["default"]._shared._cache.get_client("a", write=True)
    client.set(cache.make_key("a"), pickle.dumps(Trap()), ex=30)

    with pytest.raises(ValueError, match=r"utf|Expecting"):
        cache.get("a")


@pytest.mark.parametrize("is_silent", [True, False])
def test_dead_server_costs_one_short_wait_and_each_process_counts_alone(in_association, silent, is_silent):
    dead = made(silent if is_silent else "redis://127.0.0.1:1/0")

    began = time.perf_counter()
    dead.add("count", 1, 30)
    first = time.perf_counter() - began
    began = time.perf_counter()
    counted = [dead.incr("count") for _ in range(50)][-1]
    rest = time.perf_counter() - began

    assert counted == 51
    assert first < 0.35
    assert rest < 0.1


def test_only_one_of_many_waits_for_a_dead_server(in_association, silent, monkeypatch):
    dead = made(silent)
    dead.set("a", 1)
    monkeypatch.setattr("verbund.web.shared_cache.time.monotonic", lambda: 1e12)
    waits: list[float] = []

    def ask() -> None:
        with context.enter_association():
            began = time.perf_counter()
            dead.get("a")
            waits.append(time.perf_counter() - began)

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(wait > 0.1 for wait in waits) == 1


def test_it_comes_back_after_the_pause(in_association, monkeypatch):
    alive = made(django_settings.VERBUND.valkey_url)
    alive._pause.begin()
    alive.set("a", "alone", 30)
    pause = alive._pause._until
    monkeypatch.setattr("verbund.web.shared_cache.time.monotonic", lambda: pause + 1)

    assert alive.get("a") is None, "Valkey never heard of it"
    assert alive._pause._until == 0.0


def test_password_that_was_changed_is_asked_for_anew(in_association, monkeypatch):
    right = resolve("vault:association/valkey#password")
    known = ["old-password"]

    def answer(_reference: str, *, refresh: bool = False) -> str:
        if refresh:
            known[0] = right
        return known[0]

    monkeypatch.setattr("verbund.web.shared_cache.resolve", answer)
    renewed = made(django_settings.VERBUND.valkey_url)
    renewed.set("a", 1, 30)
    renewed._pause.end()
    renewed.set("a", 2, 30)

    assert renewed.get("a") == 2
    assert renewed._pause._until == 0.0


def test_limit_counts_each_municipality_and_each_visitor_alone(heideblick, luckau):
    limit = Limit(name="test.limit", most=2, seconds=3600)

    def tries(who: str) -> bool:
        try:
            limit.spend(who)
        except TooManyRequests:
            return False
        return True

    with context.enter(heideblick):
        assert [tries("192.0.2.1") for _ in range(3)] == [True, True, False]
        assert tries("192.0.2.2")
        keys = caches["default"]._shared._cache.get_client().keys(f"*{cache.key_prefix}*")
        assert keys
        assert not any(b"192.0.2" in key for key in keys), "addresses are kept as keyed hashes"
    with context.enter(luckau):
        assert tries("192.0.2.1")


def test_everything_of_one_scope_is_forgotten_and_nothing_of_another(heideblick, luckau):
    for municipality in (heideblick, luckau):
        with context.enter(municipality):
            cache.set("seen", municipality.slug)

    assert forget_all(heideblick.key) >= 1

    with context.enter(heideblick):
        assert cache.get("seen") is None
    with context.enter(luckau):
        assert cache.get("seen") == "luckau"
