# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""All services together: secrets in the right places, second starts, killed starts, two at once."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import valkey

from tests.embedded.conftest import command_lines, environment, is_alive, wait_for
from verbund.embedded.errors import EmbeddedError
from verbund.embedded.installation import Installation
from verbund.embedded.ports import HOST

START = (
    "import sys,time,pathlib;from verbund.embedded.installation import Installation;"
    "i=Installation(pathlib.Path(sys.argv[1]),fsync=False);i.start();"
    "print(*[c.pid for c in i.children().values()],flush=True);time.sleep(60)"
)


def secrets_of(installation):
    with installation.openbao.client("provisioner") as vault:
        return {
            path: vault.read(path)
            for path in ("association/db", "association/django", "association/valkey", "provisioning/db")
        }


def works(installation):
    """Tell whether every password that is in OpenBao opens its service."""
    found = secrets_of(installation)
    for user, password in (
        ("verbund_app", found["association/db"]["app_password"]),
        ("verbund_owner", found["provisioning/db"]["owner_password"]),
    ):
        port = installation.postgres.port
        psycopg.connect(host=HOST, port=port, user=user, password=password, dbname="verbund").close()
    password = found["association/valkey"]["password"]
    with closing(valkey.Valkey.from_url(installation.valkey.url, password=password)) as broker:
        return broker.ping() and len(found["association/django"]["secret_key"]) >= 50


def start_elsewhere(data):
    return subprocess.Popen(
        [sys.executable, "-c", START, str(data)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )


def end(process):
    process.kill()
    process.wait()
    process.stdout.close()


def test_every_password_in_openbao_opens_its_service(installation):
    assert works(installation)


def test_the_platform_cannot_read_the_owners_password(installation):
    with installation.openbao.client("platform") as vault:
        assert vault.read("association/db")
        with pytest.raises(EmbeddedError, match="gibt provisioning/db nicht heraus"):
            vault.read("provisioning/db")


@pytest.mark.parametrize(
    ("role", "approle"),
    [("web", "platform"), ("worker", "platform"), ("provisioning", "provisioner"), ("cli", "provisioner")],
)
def test_the_environment_of_a_role_is_complete_and_without_secrets(installation, role, approle):
    environment = installation.environment(role)

    numbers = installation.ports
    assert environment == {
        "VERBUND_DATA": str(installation.data),
        "VERBUND_MODE": "test",
        "VERBUND_ROLE": role,
        "VERBUND_DB_HOST": "127.0.0.1",
        "VERBUND_DB_PORT": str(numbers["postgres"]),
        "VERBUND_DB_NAME": "verbund",
        "VERBUND_VAULT_ADDR": f"http://127.0.0.1:{numbers['openbao']}",
        "VERBUND_VAULT_CREDENTIALS": str(installation.data / "credentials" / f"{approle}.json"),
        "VERBUND_VAULT_AUDIT_FILES": json.dumps(
            [str(installation.data / "logs" / f"openbao-audit-{name}.log") for name in ("first", "second")]
        ),
        "VERBUND_VALKEY_URL": f"redis://127.0.0.1:{numbers['valkey']}/0",
        "VERBUND_SMTP_HOST": "127.0.0.1",
        "VERBUND_SMTP_PORT": str(numbers["smtp"]),
        "VERBUND_BASE_DOMAIN": "localhost",
        "VERBUND_PUBLIC_PORT": str(numbers["public"]),
        "VERBUND_METRICS_PORT": str(numbers["metrics"]),
    }


def test_another_process_finds_the_environment_of_a_running_installation(installation):
    seen = Installation(installation.data, mode="test").environment("cli")

    assert seen == installation.environment("cli")


def test_a_folder_that_was_never_started_has_no_environment(tmp_path):
    with pytest.raises(EmbeddedError, match="wurde noch nichts gestartet"):
        Installation(tmp_path).environment("cli")


def every_secret(installation):
    found = {value for secret in secrets_of(installation).values() for value in secret.values()}
    for role in ("platform", "provisioner"):
        found.add(json.loads(installation.openbao.credentials_of(role).read_text())["secret_id"])
    return found


def test_no_secret_is_in_a_command_line(installation):
    lines = "\n".join(command_lines().values())

    assert str(installation.data) in lines
    assert [secret for secret in every_secret(installation) if secret in lines] == []


def test_no_secret_lies_in_a_file_but_for_those_that_need_it(installation):
    found = set()
    for path in installation.data.rglob("*"):
        if path.is_file() and path.stat().st_size < 10_000_000:
            content = path.read_bytes()
            if any(secret.encode() in content for secret in every_secret(installation)):
                found.add(str(path.relative_to(installation.data)))

    assert found == {"credentials/platform.json", "credentials/provisioner.json", "valkey/valkey.conf"}


def test_everything_listens_on_loopback_only(installation):
    listening = {}
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, address, _, state, *_ = line.split()
        host, port = address.split(":")
        if state == "0A":
            listening.setdefault(int(port, 16), []).append(host)
    services = installation.ports.keys() - {"public", "metrics"}

    assert [listening.get(installation.ports[name]) for name in services] == [["0100007F"]] * 6


def test_a_second_start_finds_ports_secrets_and_is_quick(installation):
    ports, secrets = installation.ports, secrets_of(installation)

    installation.stop()
    began = time.monotonic()
    installation.start()
    took = time.monotonic() - began

    assert (installation.ports, secrets_of(installation)) == (ports, secrets)
    assert took < 4


def test_starting_what_runs_changes_nothing(installation):
    pids = [child.pid for child in installation.children().values()]

    installation.start()

    assert [child.pid for child in installation.children().values()] == pids


def test_a_port_taken_meanwhile_is_chosen_anew(installation):
    taken = installation.ports["postgres"]
    installation.stop()

    with closing(socket.create_server((HOST, taken))):
        installation.start()

    assert installation.ports["postgres"] != taken
    assert works(installation)


def test_a_demanded_port_in_use_is_one_clear_sentence_and_nothing_is_left_running(tmp_path):
    with closing(socket.create_server((HOST, 0))) as server:
        port = server.getsockname()[1]
        refused = Installation(tmp_path / "verbund", port=port, fsync=False)
        with pytest.raises(EmbeddedError, match=f"Port {port} für die Web-Oberfläche ist schon belegt"):
            refused.start()

    assert [line for line in command_lines().values() if str(tmp_path) in line] == []
    refused.remove()


def test_two_installations_never_share_a_folder(installation):
    with pytest.raises(EmbeddedError) as caught:
        Installation(installation.data).start()

    assert caught.value.sentence == (
        f"Mit dem Datenordner {installation.data} läuft schon eine Installation (Prozess {os.getpid()})."
    )
    assert works(installation)


def test_a_start_that_was_killed_before_secrets_were_stored_is_completed(installation):
    lost = ("association/db", "provisioning/db", "association/valkey")
    before = secrets_of(installation)
    with installation.openbao.client("provisioner") as vault:
        for path in lost:
            vault.call("DELETE", f"kv/data/{path}")
    installation.stop()

    installation.start()

    assert works(installation)
    after = secrets_of(installation)
    assert {path for path in after if after[path] != before[path]} == set(lost)


def test_a_killed_installation_takes_its_services_along_and_starts_again(installation):
    secrets = secrets_of(installation)
    installation.stop()
    supervisor = start_elsewhere(installation.data)
    pids = [int(pid) for pid in supervisor.stdout.readline().split()]
    assert len(pids) == 4

    end(supervisor)
    wait_for(lambda: not any(is_alive(pid) for pid in pids))
    installation.start()

    assert secrets_of(installation) == secrets
    assert works(installation)


def test_services_killed_with_their_installation_start_again(installation):
    installation.stop()
    supervisor = start_elsewhere(installation.data)
    pids = [int(pid) for pid in supervisor.stdout.readline().split()]

    for pid in (*pids, supervisor.pid):
        os.kill(pid, signal.SIGKILL)
    end(supervisor)
    installation.start()

    assert works(installation)


def test_a_first_start_killed_half_way_is_completed_by_the_next(tmp_path):
    fresh = Installation(tmp_path / "verbund", fsync=False)
    first = start_elsewhere(fresh.data)
    wait_for((fresh.data / "openbao" / "raft" / "vault.db").exists)
    end(first)

    fresh.start()
    assert works(fresh)
    with closing(psycopg.connect(fresh.postgres.superuser_dsn)) as connection:
        cluster = connection.execute("SELECT current_setting('data_directory')").fetchone()[0]

    fresh.remove()
    assert not fresh.data.exists()
    assert not os.path.lexists(cluster)
