# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""OpenBao: what each role may do, restarts after every kind of death, and data that do not fit."""

from __future__ import annotations

import json
import shutil
import socket
import stat
import time
from contextlib import closing
from pathlib import Path

import hvac
import pytest
import requests
from hvac.exceptions import Forbidden, InvalidRequest

from tests.embedded.conftest import kill, wait_for
from verbund.embedded.errors import EmbeddedError
from verbund.embedded.openbao import OpenBaoServer
from verbund.embedded.ports import HOST, choose
from verbund.embedded.vault_client import VaultRefusedError


def make(data, numbers):
    data.mkdir(exist_ok=True)
    return OpenBaoServer(
        data, port=numbers["openbao"], cluster_port=numbers["openbao_cluster"], logs=data / "logs"
    )


def start(server):
    server.start()
    server.wait_ready()


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vault")
    server = make(folder / "data", choose(folder / "ports.json"))
    start(server)
    yield server
    server.stop()


def client(server, token=None):
    session = requests.Session()
    session.trust_env = False
    return hvac.Client(url=server.address, token=token, session=session, timeout=5)


@pytest.fixture
def sign_in(running):
    opened = []

    def sign_in(role):
        vault = client(running)
        vault.auth.approle.login(**json.loads(running.credentials_of(role).read_text()))
        opened.append(vault)
        return vault

    yield sign_in
    for vault in opened:
        vault.adapter.close()


@pytest.fixture
def platform(sign_in):
    return sign_in("platform")


@pytest.fixture
def provisioner(sign_in):
    return sign_in("provisioner")


@pytest.fixture
def neighbours(provisioner):
    """Two municipalities as the platform makes them, each with a secret and a key."""
    for key in ("m_000042", "m_000043"):
        rules = {f"kv/data/tenants/{key}/*": ["read"], f"transit/datakey/plaintext/{key}": ["update"]}
        policy = {"path": {path: {"capabilities": rights} for path, rights in rules.items()}}
        provisioner.sys.create_or_update_acl_policy(key, json.dumps(policy))
        provisioner.write_data(
            f"auth/token/roles/{key}",
            data={
                "allowed_policies": [key],
                "orphan": True,
                "renewable": False,
                "token_explicit_max_ttl": "15m",
                "token_no_default_policy": True,
            },
        )
        provisioner.secrets.transit.create_key(key)
        provisioner.secrets.kv.v2.create_or_update_secret(
            f"tenants/{key}/smtp", {"password": f"of {key}"}, mount_point="kv"
        )


def read(vault, path):
    answer = vault.secrets.kv.v2.read_secret_version(path, mount_point="kv", raise_on_deleted_version=True)
    return answer["data"]["data"]


def write(vault, path, **values):
    vault.secrets.kv.v2.create_or_update_secret(path, values, mount_point="kv")


def child_of(vault, running, key, **more):
    answer = vault.write_data(f"auth/token/create/{key}", data=more)
    return client(running, answer["auth"]["client_token"]), answer["auth"]


def test_the_platform_takes_a_token_of_a_municipality_that_reaches_only_that_one(
    platform, running, neighbours
):
    child, grant = child_of(platform, running, "m_000042")

    assert read(child, "tenants/m_000042/smtp") == {"password": "of m_000042"}
    with pytest.raises(Forbidden):
        read(child, "tenants/m_000043/smtp")
    assert child.secrets.transit.generate_data_key("m_000042", "plaintext")["data"]["plaintext"]
    with pytest.raises(Forbidden):
        child.secrets.transit.generate_data_key("m_000043", "plaintext")
    assert (grant["policies"], grant["orphan"]) == (["m_000042"], True)
    assert grant["lease_duration"] <= 15 * 60
    child.adapter.close()


def test_the_platform_itself_reads_no_municipality(platform, neighbours):
    for key in ("m_000042", "m_000043"):
        with pytest.raises(Forbidden):
            read(platform, f"tenants/{key}/smtp")
        with pytest.raises(Forbidden):
            platform.secrets.kv.v2.list_secrets(f"tenants/{key}", mount_point="kv")
        with pytest.raises(Forbidden):
            platform.secrets.transit.generate_data_key(key, "plaintext")


@pytest.mark.parametrize(
    "asked", [["root"], ["provisioner"], ["platform"], ["m_000043"], ["m_000042", "m_000043"]]
)
def test_a_token_of_a_municipality_cannot_be_widened(platform, running, neighbours, asked):
    with pytest.raises((Forbidden, InvalidRequest)):
        child_of(platform, running, "m_000042", policies=asked)


@pytest.mark.parametrize("path", ["auth/token/create", "auth/token/create-orphan", "auth/token/create/other"])
def test_the_platform_takes_no_other_tokens(platform, path):
    with pytest.raises(Forbidden):
        platform.write_data(path, data={"policies": ["provisioner"]})


def test_a_token_of_a_municipality_takes_no_further_tokens(platform, running, neighbours):
    child, _ = child_of(platform, running, "m_000042")

    for path in ("auth/token/create", "auth/token/create/m_000043"):
        with pytest.raises(Forbidden):
            child.write_data(path, data={})
    child.adapter.close()


def test_the_platform_reads_what_belongs_to_the_association_and_writes_nothing(platform, provisioner):
    write(provisioner, "association/db", app_password="x")

    assert read(platform, "association/db") == {"app_password": "x"}
    with pytest.raises(Forbidden):
        write(platform, "association/db", app_password="y")


def test_the_platform_reads_nothing_of_the_provisioning(platform, provisioner):
    write(provisioner, "provisioning/db", owner_password="x")

    assert read(provisioner, "provisioning/db") == {"owner_password": "x"}
    with pytest.raises(Forbidden):
        read(platform, "provisioning/db")


def test_the_platform_uses_the_key_of_the_association(platform):
    transit = platform.secrets.transit
    plain = "cGVyc29uYWw="

    data_key = transit.generate_data_key("association", "plaintext")["data"]
    sealed = transit.encrypt_data("association", plain)["data"]["ciphertext"]

    assert (
        transit.decrypt_data("association", data_key["ciphertext"])["data"]["plaintext"]
        == data_key["plaintext"]
    )
    assert transit.decrypt_data("association", sealed)["data"]["plaintext"] == plain
    assert transit.generate_hmac("association", plain)["data"]["hmac"]
    assert transit.rewrap_data("association", sealed)["data"]["ciphertext"]
    for path in ("rotate", "config", "import"):
        with pytest.raises(Forbidden):
            platform.write_data(f"transit/keys/association/{path}", data={})
    with pytest.raises(Forbidden):
        transit.export_key("association", "encryption-key")
    with pytest.raises(Forbidden):
        transit.delete_key("association")


@pytest.mark.parametrize(
    "path",
    [
        "sys/policies/acl/m_000042",
        "auth/token/roles/m_000042",
        "transit/keys/m_000099",
        "sys/auth/other",
        "sys/mounts/other",
        "auth/approle/role/platform",
        "auth/approle/role/provisioner/secret-id",
    ],
)
def test_the_platform_changes_nothing_in_vault(platform, path):
    with pytest.raises(Forbidden):
        platform.write_data(path, data={"type": "userpass", "policy": 'path "*" { capabilities = ["read"] }'})


def test_the_provisioner_writes_a_municipalitys_secret_and_cannot_read_it(provisioner, neighbours):
    kv = provisioner.secrets.kv.v2

    assert kv.read_secret_metadata("tenants/m_000042/smtp", mount_point="kv")["data"]["current_version"] >= 1
    assert kv.list_secrets("tenants/m_000042", mount_point="kv")["data"]["keys"] == ["smtp"]
    with pytest.raises(Forbidden):
        read(provisioner, "tenants/m_000042/smtp")


def test_the_provisioner_ends_a_municipality_for_good(provisioner, platform, running, neighbours):
    child, _ = child_of(platform, running, "m_000043")
    sealed = child.secrets.transit.generate_data_key("m_000043", "plaintext")["data"]["ciphertext"]

    provisioner.secrets.kv.v2.delete_metadata_and_all_versions("tenants/m_000043/smtp", mount_point="kv")
    provisioner.secrets.transit.update_key_configuration("m_000043", deletion_allowed=True)
    provisioner.secrets.transit.delete_key("m_000043")
    provisioner.delete("auth/token/roles/m_000043")
    provisioner.sys.delete_acl_policy("m_000043")

    with pytest.raises((Forbidden, InvalidRequest)):
        child.secrets.transit.rewrap_data("m_000043", sealed)
    with pytest.raises((Forbidden, InvalidRequest)):
        child_of(platform, running, "m_000043")
    child.adapter.close()


@pytest.mark.parametrize(
    "path", ["sys/policies/acl/platform", "auth/token/roles/other", "transit/keys/association/config"]
)
def test_the_provisioner_changes_only_what_belongs_to_municipalities(provisioner, path):
    with pytest.raises(Forbidden):
        provisioner.write_data(path, data={"policy": "", "deletion_allowed": True})


@pytest.mark.parametrize("role", ["platform", "provisioner"])
def test_a_sign_in_lasts_15_minutes_and_only_from_this_machine(running, role, sign_in):
    token = sign_in(role).auth.token.lookup_self()["data"]

    assert 0 < token["ttl"] <= 900
    assert token["renewable"] is True
    assert token["policies"] == [role]
    assert token["bound_cidrs"] == ["127.0.0.1"]


def test_the_credentials_are_for_their_owner_only(running):
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in running.credentials.iterdir()}

    assert modes == {"platform.json": 0o600, "provisioner.json": 0o600}


def test_every_request_is_in_both_audit_files_and_no_secret_is(running, provisioner, tmp_path):
    write(provisioner, "association/audited", password="very-secret-value")

    logs = sorted(running.child.log.parent.glob("openbao-audit-*.log"))

    assert [log.name for log in logs] == ["openbao-audit-first.log", "openbao-audit-second.log"]
    for log in logs:
        entries = [json.loads(line) for line in log.read_text().splitlines()]
        paths = [entry["request"]["path"] for entry in entries]
        assert "sys/mounts/kv" in paths
        assert "kv/data/association/audited" in paths
        assert "very-secret-value" not in log.read_text()
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_no_root_token_is_left(running):
    log = running.child.log.parent / "openbao-audit-first.log"
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    root = [e["request"]["path"] for e in entries if e.get("auth", {}).get("display_name") == "root"]

    assert root[-1] == "auth/token/revoke-self"
    assert "root" not in running.child.log.read_text().casefold().replace("root: path", "")


def test_data_survive_a_restart_and_a_kill_and_new_ports(running, tmp_path):
    with running.client("provisioner") as vault:
        vault.write("association/kept", {"x": "1"})

    running.stop()
    start(running)
    with running.client("platform") as vault:
        assert vault.read("association/kept") == {"x": "1"}

    kill(running.child.pid)
    wait_for(lambda: not running.child.is_running)
    start(running)
    with running.client("platform") as vault:
        assert vault.read("association/kept") == {"x": "1"}
        assert vault.read("association/missing") is None
        with pytest.raises(VaultRefusedError):
            vault.write("association/kept", {"x": "2"})

    running.stop()
    moved = make(running.credentials.parent, choose(tmp_path / "ports.json"))
    start(moved)
    with moved.client("platform") as vault:
        assert vault.read("association/kept") == {"x": "1"}
    moved.stop()
    start(running)


def test_a_second_start_is_quick_and_without_credentials_in_its_environment(running):
    running.stop()
    began = time.monotonic()

    start(running)

    assert time.monotonic() - began < 3  # 0.2 s on a quiet machine
    assert "VERBUND_" not in Path(f"/proc/{running.child.pid}/environ").read_text()


@pytest.fixture
def kept(running, tmp_path, numbers):
    """What a server looks at before it starts on data it has set up earlier."""
    folder = tmp_path / "kept" / "openbao"
    (folder / "raft").mkdir(parents=True)
    (folder / "raft" / "vault.db").write_text("valuable")
    for name in ("state.json", "seal.key"):
        shutil.copy(running.credentials.parent / "openbao" / name, folder)
    server = make(tmp_path / "kept", numbers)
    yield server, folder
    server.stop()


def test_data_of_a_newer_version_are_refused(kept):
    server, folder = kept
    state = json.loads((folder / "state.json").read_text())
    (folder / "state.json").write_text(json.dumps(state | {"version": "99.0.0"}))

    with pytest.raises(EmbeddedError, match=r"ist von OpenBao 99\.0\.0, installiert ist das ältere"):
        server.start()


@pytest.mark.parametrize("key", [bytes(32), None])
def test_data_under_another_seal_are_refused(kept, key):
    server, folder = kept
    if key:
        (folder / "seal.key").write_bytes(key)
    else:
        (folder / "seal.key").unlink()

    with pytest.raises(EmbeddedError, match="mit einem anderen Schlüssel versiegelt"):
        server.start()


def test_data_whose_state_is_lost_are_not_thrown_away(kept):
    server, folder = kept
    (folder / "state.json").unlink()

    with pytest.raises(EmbeddedError, match=r"Die Datei .*state\.json fehlt"):
        server.start()

    assert (folder / "raft" / "vault.db").read_text() == "valuable"


def test_an_interrupted_set_up_is_begun_anew(tmp_path, numbers):
    server = make(tmp_path / "data", numbers)
    try:
        server.start()
        wait_for((tmp_path / "data/openbao/raft/vault.db").exists)
        kill(server.child.pid)
        wait_for(lambda: not server.child.is_running)

        start(server)

        with server.client("provisioner") as vault:
            assert vault.read("provisioning/db") is None
    finally:
        server.stop()


def test_a_port_in_use_is_one_clear_sentence(tmp_path, numbers):
    server = make(tmp_path / "data", numbers)

    with closing(socket.create_server((HOST, server.port))), pytest.raises(EmbeddedError) as caught:
        server.start()

    assert caught.value.sentence == f"Port {server.port} für OpenBao ist schon belegt."
    server.stop()
