# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Web and general worker hold no right to change structures, and nobody's command line shows a secret."""

from __future__ import annotations

import json
import subprocess
import sys

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests.harness.services import ROOT
from tests.system.demo import CHILDREN, Demo
from tests.system.memory import find_in_memory
from tests.system.vault import DENIED, Vault, all_secrets

pytestmark = pytest.mark.slow

# All of these work with the application's login; provisioning alone does not.
GENERAL = ("web", "worker", "schedule", "metrics")
STRUCTURE = (
    "CREATE ROLE intruder",
    "ALTER ROLE verbund_app CREATEROLE",
    "CREATE SCHEMA intruder",
    "CREATE TABLE public.intruder ()",
    "CREATE TABLE {schema}.intruder ()",
    "ALTER TABLE {schema}.defects_report ADD COLUMN intruder int",
    "ALTER TABLE {schema}.audit_entry DISABLE TRIGGER ALL",
    "DROP TABLE {schema}.defects_report",
    "TRUNCATE {schema}.audit_entry",
    "DROP SCHEMA {schema} CASCADE",
    "DROP DATABASE verbund",
    "SET ROLE verbund_owner",
    "COPY (SELECT 1) TO PROGRAM 'true'",
)
# Runs with exactly the environment of a running process and tells what it makes of it.
_PROBE = """
import json, django
django.setup()
from django.conf import settings
from verbund.kernel import context
from verbund.kernel.errors import DomainError
from verbund.vault.references import resolve
def answer(reference):
    try:
        return resolve(reference)
    except DomainError as refusal:
        return refusal.code
shown = {name: str(getattr(settings, name)) for name in dir(settings) if name.isupper() and name != "SECRET_KEY"}
with context.enter_association():
    print(json.dumps({
        "settings": shown,
        "owner": answer("vault:provisioning/db#owner_password"),
        "login": settings.DATABASES["default"]["USER"],
    }))
"""


@pytest.mark.parametrize("name", GENERAL)
def test_environment_shows_neither_secrets_nor_the_way_to_the_owners(demo: Demo, name: str) -> None:
    secrets = all_secrets(demo)

    for process in demo.tree(name):
        variables = process.environ()
        text = "\n".join(f"{key}={value}" for key, value in variables.items())
        assert [key for key, secret in secrets.items() if secret in text] == []
        assert "provisioner" not in text
        assert "verbund_owner" not in text
        assert variables["VERBUND_ROLE"] in {"web", "worker"}


@pytest.mark.parametrize("name", ["web", "worker"])
def test_settings_of_the_running_process_hold_no_way_to_the_owners_login(demo: Demo, name: str) -> None:
    probe = subprocess.run(
        [sys.executable, "-c", _PROBE],
        env=demo.child(name).environ(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    told = json.loads(probe.stdout.splitlines()[-1])
    assert told["login"] == "verbund_app"
    assert told["owner"] == "vault_denied"
    shown = "\n".join(told["settings"].values())
    assert "verbund_owner" not in shown
    assert "provisioner" not in shown
    assert [key for key, secret in all_secrets(demo).items() if secret in shown] == []


@pytest.mark.parametrize("name", ["web", "worker"])
def test_memory_holds_no_owners_password(demo: Demo, name: str) -> None:
    secrets = all_secrets(demo)
    owner, own = secrets["provisioning/db#owner_password"], secrets["association/db#app_password"]

    found = {
        hit.decode()
        for process in demo.tree(name)
        for hit in find_in_memory(process.pid, f"{owner}|{own}".encode())
    }

    assert owner not in found
    # Its own password shows that the search finds what is there; a worker may not have needed it yet.
    assert own in found or name == "worker"


@pytest.mark.parametrize("role", ["", "{schema}", "association"])
def test_the_applications_login_changes_no_structure(demo: Demo, role: str) -> None:
    schema = demo.key_of("heideblick")
    refused = []

    with psycopg.connect(demo.access["database_dsn"], autocommit=True) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("verbund_app",)
        for template in STRUCTURE:
            if role:
                connection.execute(f"SET ROLE {role.format(schema=schema)}")
            statement = template.format(schema=schema)
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement)
            refused.append(template)

    assert refused == list(STRUCTURE)


def test_a_municipalitys_role_reaches_no_other_schema(demo: Demo) -> None:
    own, other = demo.key_of("heideblick"), demo.key_of("luckau")

    with psycopg.connect(demo.access["database_dsn"], autocommit=True) as connection:
        # Without a role the login itself reads nothing at all.
        for table in (f"{own}.defects_report", f"{other}.defects_report", "association.tenants_tenant"):
            with pytest.raises(InsufficientPrivilege):
                connection.execute(f"SELECT 1 FROM {table}")
        connection.execute(f"SET ROLE {own}")
        connection.execute(f"SELECT 1 FROM {own}.defects_report")
        for table in (f"{other}.defects_report", "association.tenants_tenant"):
            with pytest.raises(InsufficientPrivilege):
                connection.execute(f"SELECT 1 FROM {table}")


def test_the_platforms_approle_reads_neither_owners_nor_municipalities_secrets(demo: Demo) -> None:
    key = demo.key_of("heideblick")
    provisioner = Vault.sign_in(demo, "provisioner")
    provisioner.write(f"tenants/{key}/probe", {"value": "geheim"})
    platform = Vault.sign_in(demo, "platform")

    assert platform.status("GET", "kv/data/association/db") == 200
    for method, path in (
        ("GET", "kv/data/provisioning/db"),
        ("LIST", "kv/metadata/provisioning"),
        ("GET", f"kv/data/tenants/{key}/probe"),
        ("LIST", f"kv/metadata/tenants/{key}"),
        ("LIST", "kv/metadata/tenants"),
        ("POST", f"kv/data/tenants/{key}/probe"),
        ("POST", f"transit/decrypt/{key}"),
        ("POST", f"transit/datakey/plaintext/{key}"),
        ("GET", f"transit/export/encryption-key/{key}"),
        ("DELETE", f"transit/keys/{key}"),
        ("POST", "transit/keys/m_999999"),
        ("POST", f"sys/policies/acl/{key}"),
        ("POST", f"auth/token/roles/{key}"),
        ("POST", "auth/token/create"),
        ("GET", "auth/approle/role/provisioner/role-id"),
        ("POST", "auth/approle/role/provisioner/secret-id"),
    ):
        body = {"data": {"value": "x"}} if method == "POST" else None
        assert platform.status(method, path, body) == DENIED, (method, path)
    # The provisioner writes municipalities' secrets without ever reading them.
    assert provisioner.status("GET", f"kv/data/tenants/{key}/probe") == DENIED


def test_no_command_line_shows_a_secret(demo: Demo) -> None:
    secrets = all_secrets(demo)
    processes = demo.processes()

    lines = {process.pid: " ".join(process.cmdline()) for process in processes}

    assert {demo.child(name).pid for name in CHILDREN} <= lines.keys()
    shown = "\n".join(lines.values())
    assert [key for key, secret in secrets.items() if secret in shown] == []
