# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Valkey: only with the password, which stands nowhere in the open."""

from __future__ import annotations

import socket
import stat
from contextlib import closing

import pytest
import valkey

from tests.embedded.conftest import command_lines, kill, wait_for
from verbund.embedded.errors import EmbeddedError
from verbund.embedded.ports import HOST
from verbund.embedded.valkey import ValkeyServer

PASSWORD = "hidden-password-of-valkey"


@pytest.fixture
def server(tmp_path, numbers):
    (tmp_path / "da ta").mkdir()
    made = ValkeyServer(tmp_path / "da ta", port=numbers["valkey"], logs=tmp_path / "logs")
    made.password = PASSWORD
    yield made
    made.stop()


def start(server):
    server.start()
    server.wait_ready()


def client(server, password):
    return closing(valkey.Valkey.from_url(server.url, password=password))


def test_it_answers_only_with_the_password(server):
    start(server)

    with client(server, PASSWORD) as connection:
        assert connection.ping()
    with client(server, None) as connection, pytest.raises(valkey.AuthenticationError):
        connection.ping()


@pytest.mark.parametrize(
    "command",
    ["REPLICAOF 127.0.0.1 1", "CONFIG SET dir /tmp", "ACL LIST", "SHUTDOWN NOSAVE", "SAVE"],
)
def test_whoever_has_the_password_does_not_rule_the_server(server, command):
    """As a replica of a stranger it would hand over every message and take the stranger's."""
    start(server)

    with client(server, PASSWORD) as connection, pytest.raises(valkey.exceptions.NoPermissionError):
        connection.execute_command(*command.split())


def test_the_password_is_in_a_private_file_and_in_no_command_line(server, tmp_path):
    start(server)

    assert stat.S_IMODE((tmp_path / "da ta/valkey/valkey.conf").stat().st_mode) == 0o600
    assert "valkey-server" in command_lines()[server.child.pid]
    assert [line for line in command_lines().values() if PASSWORD in line] == []
    assert PASSWORD not in server.url


def test_a_killed_server_starts_again_and_has_forgotten_everything(server):
    start(server)
    with client(server, PASSWORD) as connection:
        connection.set("x", 1)

    kill(server.child.pid)
    wait_for(lambda: not server.child.is_running)
    start(server)

    with client(server, PASSWORD) as connection:
        assert connection.get("x") is None


def test_a_port_in_use_is_one_clear_sentence(server):
    with closing(socket.create_server((HOST, server.port))), pytest.raises(EmbeddedError) as caught:
        server.start()

    assert caught.value.sentence == f"Port {server.port} für Valkey ist schon belegt."


def test_it_does_not_start_without_a_password(server):
    server.password = ""

    with pytest.raises(EmbeddedError, match="nicht ohne Kennwort"):
        server.start()
