# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ports are remembered, chosen anew when taken, and never argued about when demanded."""

from __future__ import annotations

import socket
from contextlib import closing

import pytest

from verbund.embedded.errors import EmbeddedError
from verbund.embedded.ports import HOST, NAMES, choose, is_free


def listen(port: int = 0) -> socket.socket:
    server = socket.create_server((HOST, port))
    assert not is_free(server.getsockname()[1])
    return server


def test_all_names_get_neighbouring_ports_outside_the_ephemeral_range(tmp_path):
    ports = choose(tmp_path / "ports.json")

    first = ports["public"]
    assert [ports[name] for name in NAMES] == list(range(first, first + len(NAMES)))
    assert 20000 <= first < 32000


def test_a_second_choice_is_the_same(tmp_path):
    first = choose(tmp_path / "ports.json")

    assert choose(tmp_path / "ports.json") == first


def test_a_remembered_port_somebody_took_is_chosen_anew_and_the_others_stay(tmp_path):
    first = choose(tmp_path / "ports.json")

    with closing(listen(first["postgres"])):
        second = choose(tmp_path / "ports.json")

    assert second["postgres"] != first["postgres"]
    assert second | {"postgres": first["postgres"]} == first


def test_a_demanded_port_is_taken_and_the_others_follow_it(tmp_path):
    demanded = choose(tmp_path / "free.json")["public"]

    ports = choose(tmp_path / "ports.json", public=demanded)

    assert ports["public"] == demanded
    assert ports["valkey"] == demanded + 7


def test_a_newly_demanded_port_leaves_the_other_remembered_ones(tmp_path):
    first = choose(tmp_path / "ports.json")
    demanded = choose(tmp_path / "free.json")["valkey"]

    ports = choose(tmp_path / "ports.json", public=demanded)

    assert ports == first | {"public": demanded}


def test_a_demanded_port_in_use_is_one_clear_sentence(tmp_path):
    with closing(listen()) as server:
        port = server.getsockname()[1]

        with pytest.raises(EmbeddedError) as caught:
            choose(tmp_path / "ports.json", public=port)

    assert caught.value.sentence == f"Port {port} für die Web-Oberfläche ist schon belegt."


@pytest.mark.parametrize("content", ["", "{", "[]", '{"public": 1}', '{"public": "x"}'])
def test_a_damaged_note_is_replaced(tmp_path, content):
    (tmp_path / "ports.json").write_text(content)

    assert set(choose(tmp_path / "ports.json")) == set(NAMES)
