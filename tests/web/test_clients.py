# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose request it is: what a visitor writes into headers never makes them somebody else."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.conf import settings as django_settings
from django.http import HttpRequest
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.accounts import client_for, make_person
from verbund.config.settings.environment import BadEnvironment, read_environment
from verbund.web.clients import client_address, client_pseudonym

PROXIES = ("10.0.0.0/8", "2001:db8:5::/48")


@pytest.fixture
def proxies(settings):
    networks = tuple(ip_network(network) for network in PROXIES)
    settings.VERBUND = settings.VERBUND.model_copy(update={"trusted_proxies": networks})


def asked(peer: str, forwarded: str | None = None) -> HttpRequest:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=peer, **headers)


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.0.0.5", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "198.51.100.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        ("2001:db8:5::1", "2001:db8:9::7", "2001:db8:9::7"),
        ("::ffff:10.0.0.5", "203.0.113.9:51034", "203.0.113.9"),
        ("10.0.0.5", "[2001:db8:9::7]:51034", "2001:db8:9::7"),
        ("10.0.0.5", "10.0.0.9, 10.0.0.8", "10.0.0.9"),
        ("10.0.0.5", "203.0.113.9, gibberish", "10.0.0.5"),
        ("10.0.0.5", "gibberish, 10.0.0.8", "10.0.0.8"),
        ("10.0.0.5", None, "10.0.0.5"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("", "198.51.100.1", ""),
    ],
)
def test_address_is_read_from_the_right_across_trusted_hops_only(proxies, peer, forwarded, client):
    assert client_address(asked(peer, forwarded)) == client


def test_without_trusted_proxies_the_header_says_nothing():
    assert client_address(asked("127.0.0.1", "198.51.100.1")) == "127.0.0.1"


@given(
    forged=st.text(max_size=200)
    | st.lists(st.ip_addresses(), max_size=30).map(lambda found: ", ".join(map(str, found)))
)
def test_nothing_a_visitor_writes_changes_who_they_are(forged):
    networks = tuple(ip_network(network) for network in PROXIES)
    environment = django_settings.VERBUND.model_copy(update={"trusted_proxies": networks})
    with override_settings(VERBUND=environment):
        direct = client_address(asked("203.0.113.9", forged))
        behind_proxy = client_address(asked("10.0.0.5", f"{forged}, 203.0.113.9"))

    assert (direct, behind_proxy) == ("203.0.113.9", "203.0.113.9")


def test_neighbours_in_an_ipv6_network_count_as_one_and_no_pseudonym_is_an_address(proxies):
    first, second, other = (
        client_pseudonym(asked(peer)) for peer in ("2001:db8:9::7", "2001:db8:9::8", "2001:db8:9:1::7")
    )

    assert first == second != other
    assert "2001" not in first
    assert client_pseudonym(asked("192.0.2.1")) != client_pseudonym(asked("192.0.2.2"))


def test_lockout_counts_visitors_behind_the_proxy_one_by_one(proxies, in_heideblick):
    person = make_person()

    def tries(visitor: str) -> int:
        client = client_for(None, in_heideblick, REMOTE_ADDR="10.0.0.5", HTTP_X_FORWARDED_FOR=visitor)
        form = {"login": person.email, "password": "falsch-falsch-falsch"}
        return client.post("/konto/anmelden/", form).status_code

    assert [tries("203.0.113.9") for _ in range(6)][-1] == 429
    assert tries("203.0.113.10") == 200
    assert tries("203.0.113.11, 203.0.113.9") == 429, "what the visitor wrote in front changes nothing"


@pytest.mark.parametrize(("peer", "status"), [("10.0.0.5", 200), ("203.0.113.9", 301)])
def test_only_our_proxy_may_say_that_a_visitor_came_by_tls(proxies, settings, in_heideblick, peer, status):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True

    answer = client_for(None, in_heideblick, REMOTE_ADDR=peer, HTTP_X_FORWARDED_PROTO="https").get("/")

    assert answer.status_code == status


def test_without_trusted_proxies_nobody_may_say_it(settings, in_heideblick):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True

    answer = client_for(None, in_heideblick, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_PROTO="https").get("/")

    assert answer.status_code == 301


def test_networks_are_written_with_commas_and_mistakes_stop_the_start(monkeypatch):
    monkeypatch.setenv("VERBUND_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1")
    assert [str(network) for network in read_environment().trusted_proxies] == ["10.0.0.0/8", "192.0.2.1/32"]

    monkeypatch.setenv("VERBUND_TRUSTED_PROXIES", "10.0.0.0/8, proxy.example")
    with pytest.raises(BadEnvironment, match="VERBUND_TRUSTED_PROXIES"):
        read_environment()
