# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""No token in the memory of the web processes reads the secrets of two municipalities."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.system.browser import Browser
from tests.system.demo import Demo
from tests.system.journeys import place_of, show_contact, write_report
from tests.system.memory import find_in_memory
from tests.system.vault import Vault

pytestmark = pytest.mark.slow

TOWNS = ("heideblick", "luckau")
# OpenBao's service tokens, and its batch tokens, whose protobuf always begins so.
_TOKEN = rb"(?:s\.[A-Za-z0-9]{24}|b\.AAAAAQ[A-Za-z0-9_-]{60,180})(?![A-Za-z0-9])"
_LONGEST_SECONDS = 15 * 60


@pytest.fixture
def keys(demo: Demo) -> dict[str, str]:
    """`m_…` of both towns, each with a secret in Vault to be tempted by."""
    provisioner = Vault.sign_in(demo, "provisioner")
    found = {slug: demo.key_of(slug) for slug in TOWNS}
    for key in found.values():
        provisioner.write(f"tenants/{key}/probe", {"value": f"geheim-{key}"})
    return found


def _work_in_both(demo: Demo, visitor: Callable[..., Browser]) -> None:
    """A citizen leaves a contact and the office reads it, in both towns, in every web process."""
    for slug in TOWNS:
        citizen, clerk = visitor(slug), visitor(slug, role="Bürgerbüro")
        reference = write_report(citizen, place_of(demo, slug), "Laterne dunkel", name="Nora Nachbar")
        with ThreadPoolExecutor(4) as several:
            shown = list(several.map(lambda _n, c=clerk, r=reference: show_contact(c, r), range(8)))
        assert all("Nora Nachbar" in page for page in shown)


def test_no_token_of_the_web_processes_reads_two_municipalities(
    demo: Demo, visitor: Callable[..., Browser], keys: dict[str, str]
) -> None:
    _work_in_both(demo, visitor)
    wrapped = {
        key: demo.query(f"SELECT wrapped FROM {key}.vault_datakey WHERE retired_at IS NULL")[0][0]
        for key in keys.values()
    }
    address = demo.access["vault_addr"]

    reads: dict[str, set[str]] = {}
    for process in demo.tree("web"):
        for text in find_in_memory(process.pid, _TOKEN):
            vault = Vault(address, text.decode())
            facts = vault.facts()
            if facts is None:  # looks like one, or has ended
                continue
            opened = {
                key
                for key in keys.values()
                if vault.status("GET", f"kv/data/tenants/{key}/probe") == 200
                or vault.status("POST", f"transit/decrypt/{key}", {"ciphertext": wrapped[key]}) == 200
                or vault.status("POST", f"transit/datakey/plaintext/{key}") == 200
            }
            (policy,) = facts["policies"]
            reads.setdefault(policy, set()).update(opened)
            assert len(opened) <= 1, policy
            assert opened == ({policy} if policy in keys.values() else set()), policy
            if policy.startswith("m_"):
                assert 0 < facts["ttl"] <= facts["explicit_max_ttl"] <= _LONGEST_SECONDS
                assert not facts["renewable"]

    # The search found what must be there: the process's own token and one of each town.
    assert reads == {"platform": set()} | reads
    assert {key: reads.get(key) for key in keys.values()} == {key: {key} for key in keys.values()}


def test_one_municipalitys_token_opens_everything_of_its_own_and_nothing_of_the_others(
    demo: Demo, keys: dict[str, str]
) -> None:
    own, other = keys.values()
    vault = Vault.sign_in(demo, "platform").as_municipality(own)

    assert vault.read(f"tenants/{own}/probe") == {"value": f"geheim-{own}"}
    for method, path in (
        ("GET", f"kv/data/tenants/{other}/probe"),
        ("LIST", f"kv/metadata/tenants/{other}"),
        ("LIST", "kv/metadata/tenants"),
        ("GET", "kv/data/association/db"),
        ("POST", f"transit/datakey/plaintext/{other}"),
        ("POST", "transit/datakey/plaintext/association"),
        ("POST", f"auth/token/create/{other}"),
        ("POST", "auth/token/create"),
    ):
        assert vault.status(method, path) == 403, (method, path)
