# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Network addresses and names of browsers stand in no table and no cache; what counts them knows keyed hashes."""

from __future__ import annotations

import re

from axes.models import AccessAttempt
from django.apps import apps
from django.conf import settings
from django.core.cache import cache, caches
from django.db import connection, models

from tests.factories.accounts import PASSWORD, client_for, make_person
from verbund.accounts.models import Session
from verbund.kernel import registry

NETWORK = re.compile(r"(^|_)(ip|ips|ip_address|remote_addr|user_agent|useragent|http_accept|network)(_|$)")
# Fields that third-party models bring. None is filled with an address; the first is emptied when the lock is over.
THEIRS = {
    "axes.AccessAttempt": {"ip_address", "user_agent", "http_accept"},
    "axes.AccessLog": {"ip_address", "user_agent", "http_accept"},
    "axes.AccessFailureLog": {"ip_address", "user_agent", "http_accept"},
}
LOGIN = "/konto/anmelden/"
ADDRESS, BROWSER = "198.51.100.213", "Zebrafink/17.4"


def _is_network(field: models.Field[object, object]) -> bool:
    return isinstance(field, models.GenericIPAddressField) or bool(NETWORK.search(field.name))


def test_no_model_has_a_field_for_them():
    found: dict[str, set[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        names = {field.name for field in model._meta.concrete_fields if _is_network(field)}
        if names:
            found[model._meta.label] = names

    assert found == THEIRS
    kept = {entry.model: entry.kept_by for spec in registry.all_specs() for entry in spec.privacy}
    assert kept["axes.AccessAttempt"] == "accounts.sweep"
    assert settings.AXES_DISABLE_ACCESS_LOG


def test_what_visitors_do_leaves_neither_in_any_table_nor_in_the_cache(in_heideblick):
    """Signed in, refused and counted, told of a barrier: then everything this municipality keeps is searched."""
    browser = client_for(None, in_heideblick, REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=f"Mozilla/5.0 {BROWSER}")
    person = make_person()
    assert browser.post(LOGIN, {"login": person.email, "password": PASSWORD}).status_code == 302
    other = client_for(None, in_heideblick, REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=f"Mozilla/5.0 {BROWSER}")
    other.post(LOGIN, {"login": person.email, "password": "falsch-falsch-falsch"})
    other.post("/barrierefreiheit/melden/", {"message": "Ging nicht auf.", "website": ""})

    assert Session.objects.exists()
    assert AccessAttempt.objects.exists()
    assert any(b"limit:" in key for key, _value in _cached())
    assert [name for name in _tables() if _holds(name, ADDRESS) or _holds(name, BROWSER)] == []
    assert [key for key, value in _cached() if ADDRESS.encode() in key + value] == []


def test_looking_there_finds_what_it_looks_for(in_heideblick):
    """Otherwise the test above could never fail."""
    cache.set(f"seen-{ADDRESS}", 1)
    make_person(name=f"Otto {ADDRESS}")

    assert _holds("accounts_person", ADDRESS)
    assert [key for key, value in _cached() if ADDRESS.encode() in key + value] != []


def _tables() -> set[str]:
    with connection.cursor() as cursor:
        return {table.name for table in connection.introspection.get_table_list(cursor) if table.type == "t"}


def _holds(table: str, text: str) -> bool:
    with connection.cursor() as cursor:
        quoted = connection.ops.quote_name(table)
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {quoted} AS r WHERE strpos(r::text, %s) > 0)", [text])
        return bool(cursor.fetchone()[0])


def _cached() -> list[tuple[bytes, bytes]]:
    client = caches["default"]._shared._cache.get_client(None)  # what web.shared_cache keeps in Valkey
    keys = list(client.scan_iter(match=f"*{cache.key_prefix}*"))
    return [(key, client.get(key) or b"") for key in keys]
