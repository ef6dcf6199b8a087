# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Guards can be taken out of the source only: no setting, flag or variable of the environment switches one off."""

from __future__ import annotations

import ast

import pytest

from tests.harness.services import ROOT
from tests.mutations.table import MUTATIONS
from verbund.config.settings.environment import Environment

GUARDS = sorted({mutation.file for mutation in MUTATIONS})
# What these files read of the settings names places and logins; none of it decides whether a guard stands.
READ = {
    "tenants/database/base.py": set(),
    "tenants/database/targets.py": {"DATABASES", "VERBUND.holds_owner_login"},
    "tenants/middleware.py": {"STATIC_URL", "VERBUND.association_host", "VERBUND.url"},
    "platform/verbund/files/storage.py": {"MEDIA_ROOT"},
    "platform/verbund/notify/sender.py": {"VERBUND.association_host", "VERBUND.url"},
}
# Every variable an installation may set; a new one is judged here before it is added.
VARIABLES = {
    "mode", "role", "data", "db_host", "db_port", "db_name", "spare_schemas", "pg_dump", "vault_addr",
    "vault_credentials", "vault_namespaces", "vault_audit_files", "secrets_stale_max_seconds",
    "valkey_url", "smtp_host", "smtp_port", "base_domain", "backup_folder", "backup_keep_days",
    "leaving_grace_days", "public_port", "public_scheme", "trusted_proxies", "metrics_port",
    "require_second_factor", "host_redirect_days", "allowed_host_suffixes", "own_mail_networks",
    "tiles_url", "tiles_hosts", "tiles_attribution", "tiles_networks", "tiles_min_zoom", "tiles_max_zoom",
    "tiles_timeout_seconds", "tiles_cache_megabytes", "tiles_cache_days",
}  # fmt: skip


def settings_read(source: str) -> set[str]:
    """`DATABASES` for settings.DATABASES, `VERBUND.url` for settings.VERBUND.url; `environ` for the environment."""
    found = set()
    inner = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr in {"environ", "getenv"}:
            found.add("environ")
        written = ast.unparse(node)
        if written.startswith("settings."):
            found.add(written.removeprefix("settings."))
            inner.add(ast.unparse(node.value).removeprefix("settings."))
    return found - inner


@pytest.mark.parametrize("file", GUARDS)
def test_a_guard_reads_no_switch(file: str):
    assert settings_read((ROOT / file).read_text(encoding="utf-8")) <= READ.get(file, set())


def test_every_variable_of_the_environment_was_judged():
    assert set(Environment.model_fields) == VARIABLES


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.guard)
def test_a_mutation_applies_exactly_once(mutation):
    source = (ROOT / mutation.file).read_text(encoding="utf-8")
    assert source.count(mutation.old) == 1
    ast.parse(source.replace(mutation.old, mutation.new))


def test_the_guards_that_must_be_tried_are():
    words = (
        "role", "path", "no context", "routing", "session", "token", "task header", "module gate",
        "cache key", "file path", "mail outbox", "Vault policy", "search filter", "exchange",
    )  # fmt: skip
    named = " ".join(mutation.guard for mutation in MUTATIONS)
    assert [word for word in words if word not in named] == []
