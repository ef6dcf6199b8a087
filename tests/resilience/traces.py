# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything of a municipality that may lie around: rows, schemas, roles, keys, policies, folders, mails."""

from __future__ import annotations

from tests.resilience.station import Station
from tests.system.demo import wait_until
from tests.system.vault import Vault


def keys_of(station: Station) -> dict[str, set[str]]:
    """By place, whose traces are there. All places must agree."""
    vault = Vault.sign_in(station, "provisioner")

    def listed(path: str) -> set[str]:
        answer = vault.call("LIST", path)
        return (
            {name for name in answer.json()["data"]["keys"] if name.startswith("m_")} if answer.ok else set()
        )

    def column(statement: str) -> set[str]:
        return {row[0] for row in station.query(statement)}

    return {
        "registry": column("SELECT schema_name FROM association.tenants_tenant WHERE state = 'ACTIVE'"),
        "registry, any state": column("SELECT schema_name FROM association.tenants_tenant"),
        "schemas": column(r"SELECT nspname FROM pg_namespace WHERE nspname LIKE 'm\_0%%'"),
        "roles": column(r"SELECT rolname FROM pg_roles WHERE rolname LIKE 'm\_0%%'"),
        "policies": listed("sys/policies/acl"),
        "token roles": listed("auth/token/roles"),
        "transit keys": listed("transit/keys"),
        "folders": {path.name for path in (station.data / "files").iterdir() if path.name.startswith("m_")},
    }


def assert_whole(station: Station, slugs: list[str]) -> None:
    """Each of these is there once and complete, and nothing of anybody else is anywhere."""
    found = keys_of(station)
    assert {place: keys for place, keys in found.items() if keys != found["registry"]} == {}
    wait_until(lambda: _spares_agree(station), seconds=60)
    kept = station.query("SELECT slug, schema_name FROM association.tenants_tenant ORDER BY number")
    keys = dict(kept)
    assert len(keys) == len(kept)
    assert set(slugs) <= set(keys)
    for slug in slugs:
        _assert_one(station, slug, keys[slug])


def _spares_agree(station: Station) -> bool:
    """The reserve of schemas is what its list says: none given away twice, none forgotten."""
    listed, schemas, roles = (
        {row[0] for row in station.query(statement)}
        for statement in (
            "SELECT name FROM association.tenants_spareschema",
            r"SELECT nspname FROM pg_namespace WHERE nspname LIKE 'zz\_spare\_%%'",
            r"SELECT rolname FROM pg_roles WHERE rolname LIKE 'zz\_spare\_%%'",
        )
    )
    return listed == schemas == roles


def _assert_one(station: Station, slug: str, key: str) -> None:
    number = int(key.removeprefix("m_"))
    (counts,) = station.query(
        f"""
        SELECT (SELECT count(*) FROM association.tenants_host WHERE tenant_id = {number}),
               (SELECT count(*) FROM association.tenants_body WHERE tenant_id = {number}),
               (SELECT count(*) FROM association.jobs_job WHERE subject = '{key}' AND kind = 'tenants.onboard'),
               (SELECT count(*) FROM association.jobs_job WHERE subject = '{key}' AND state = 'DONE' AND kind = 'tenants.onboard'),
               (SELECT count(*) FROM association.jobs_jobstep s JOIN association.jobs_job j ON j.id = s.job_id
                WHERE j.subject = '{key}' AND j.kind = 'tenants.onboard' AND s.state <> 'DONE'),
               (SELECT count(*) FROM {key}.accounts_person),
               (SELECT count(*) FROM {key}.vault_datakey)
        """
    )
    assert (slug, counts) == (slug, (1, 1, 1, 1, 0, 1, 2))
