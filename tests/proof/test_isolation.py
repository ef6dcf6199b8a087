# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund isolation-proof` as an operator runs it, with two municipalities it makes and removes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import psycopg
import pytest

from tests.harness import databases
from tests.harness.services import Services
from verbund.proof.outline import TRIALS
from verbund.proof.trials import run_trials

# Trials of which nothing may be left out without anybody noticing; the numbers are of the first run.
FEWEST = {
    "routes.stranger": 1200,
    "routes.canary": 3000,
    "routes.no_trace": 1000,
    "routes.method": 400,
    "fields.seen": 60,
    "copies.sessions": 6,
    "copies.tokens": 6,
    "routing.hosts": 15,
    "routing.modules": 8,
    "search.findings": 16,
    "storm.switches": 5000,
    "storm.no_context": 4,
    "tasks.refused": 100,
    "tasks.sent": 20,
    "canaries.tables": 150,
    "canaries.cache": 3,
    "canaries.files": 20,
    "canaries.logs": 100,
    "canaries.mail": 50,
    "sql.rights": 1000,
    "sql.tables": 800,
    "sql.statements": 120,
    "vault.paths": 60,
    "vault.sealed": 6,
    "commands.other": 5,
    "removal.left": 14,
}


@pytest.fixture(scope="module")
def proof(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict, Path, str]]:
    """One run on a database of its own: report, document, database."""
    folder = tmp_path_factory.mktemp("nachweis")
    name = f"verbund_proof_{os.getpid()}"
    databases.copy(services, databases.ensure_template(services), name)
    databases.number_from(services, name, 100_000 + os.getpid() % 100_000 * 10)
    report, document = folder / "nachweis.json", folder / "nachweis.pdf"
    done = databases.run_cli(
        services, name, "isolation-proof", "--json", str(report), "--pdf", str(document), seconds=900
    )
    assert report.exists(), done.stderr[-4000:]
    yield json.loads(report.read_text()), document, name
    databases.drop(services, name)


def test_nothing_of_one_municipality_is_seen_or_changed_by_another(proof):
    assert proof[0]["failures"] == []


def test_every_trial_was_made_often_enough(proof):
    tried = proof[0]["counts"]["tried"]
    assert {name: tried.get(name, 0) for name, least in FEWEST.items() if tried.get(name, 0) < least} == {}


def test_every_request_was_first_shown_to_succeed_for_its_owner(proof):
    assert proof[0]["counts"]["shown"]["routes.owner"] >= 300


def test_what_was_rehearsed_left_nothing(proof, services):
    with psycopg.connect(services.superuser_dsn, dbname=proof[2]) as admin:
        jobs = admin.execute(
            "SELECT count(*) FROM association.jobs_job WHERE kind ~ 'discard|offboard|in_place|export'"
        ).fetchone()
        texts = admin.execute(
            "SELECT count(*) FROM association.public_legalpage WHERE body ~ 'Nachweis|nachweis'"
        ).fetchone()
        told = admin.execute("SELECT count(*) FROM association.public_barrierfeedback").fetchone()
    assert (jobs, texts, told) == ((0,), (0,), (0,))


def test_every_trial_stands_under_one_of_the_five_checks(proof):
    counted = proof[0]["counts"]
    assert (counted["tried"].keys() | counted["shown"].keys()) - TRIALS.keys() == set()
    assert [entry["check"] for entry in proof[0]["checks"]] == [
        "legal_basis", "transfers", "closed_transactions", "configuration", "administration",
    ]  # fmt: skip


def test_the_document_can_be_archived_and_names_its_result(proof):
    with pikepdf.open(proof[1]) as document, document.open_metadata() as metadata:
        assert metadata["dc:title"] == "Mandantentrennungs-Nachweis"
        assert metadata["pdfaid:part"] == "3"


def test_both_municipalities_are_gone_afterwards(proof, services):
    with psycopg.connect(services.superuser_dsn, dbname=proof[2]) as admin:
        left = admin.execute("SELECT slug FROM association.tenants_tenant ORDER BY number").fetchall()
        schemas = admin.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^m_'").fetchall()
        removed = admin.execute(
            "SELECT count(*) FROM association.audit_entry WHERE action = 'tenants.tenant.removed'"
        ).fetchone()
    assert left == [("heideblick",), ("luckau",)]
    assert len(schemas) == 2
    # Two to walk, one whose onboarding has failed, one that has left.
    assert removed == (4,)


def test_a_municipality_where_people_live_is_never_walked(heideblick, luckau):
    from verbund.kernel.errors import Forbidden

    with pytest.raises(Forbidden):
        run_trials((heideblick.slug, luckau.slug))
