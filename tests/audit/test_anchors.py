# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A chain whose end was cut off is noticed by what stands elsewhere."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction
from structlog.testing import capture_logs

from tests.audit.test_chain import rehash, seal_now, superuser, write
from verbund.audit import anchoring, chain, checks, cli
from verbund.audit.anchors.models import AuditAnchor
from verbund.audit.models import AuditSeal
from verbund.audit_pages import tasks
from verbund.kernel import clock, context
from verbund.kernel.errors import Invalid


@pytest.fixture
def run(capsys) -> Callable[..., tuple[int, str]]:
    """`verbund audit …` in this process: status and output."""

    def run_command(*arguments: str) -> tuple[int, str]:
        parser = argparse.ArgumentParser()
        cli.register(parser.add_subparsers())
        options = parser.parse_args(["audit", *arguments])
        with context.leave():
            return options.run(options), capsys.readouterr().out

    return run_command


def cut_off(services, schema: str, rows: int) -> None:
    """Take the last rows away, as if they had never been."""
    with superuser(services, schema) as admin:
        gone = admin.execute(
            "DELETE FROM audit_seal WHERE position > (SELECT max(position) - %s FROM audit_seal) RETURNING entry_id",
            [rows],
        ).fetchall()
        admin.execute("DELETE FROM audit_entry WHERE id = ANY(%s)", [[entry for (entry,) in gone]])


def test_anchor_is_taken_only_when_the_chain_has_grown(in_heideblick):
    write(2)
    seal_now()

    first, second = anchoring.take(at=clock.now()), anchoring.take(at=clock.now())

    end = AuditSeal.objects.latest("position")
    assert first is not None
    assert (first.scope, first.position, first.hash) == ("m_000001", end.position, end.hash)
    assert second is None
    assert anchoring.compare(anchoring.kept("m_000001")) is None
    assert anchoring.compare(anchoring.kept("m_000002")) is None, (
        "another chain's anchors say nothing of this one"
    )


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_anchor SET hash = ''", "DELETE FROM audit_anchor", "TRUNCATE audit_anchor"],
)
def test_anchors_can_only_be_added(in_association, statement):
    write(1)
    seal_now()
    anchoring.take(at=clock.now())

    with pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_municipality_cannot_reach_them(in_heideblick):
    with pytest.raises(ProgrammingError, match=r"permission denied"), transaction.atomic():
        connection.cursor().execute("SELECT * FROM association.audit_anchor")


@pytest.mark.django_db(transaction=True)
class TestCutOff:
    """Rows are committed here; a superuser cuts them off behind everybody's back."""

    def test_command_names_the_missing_end_that_the_chain_itself_does_not_show(
        self, heideblick, services, run
    ):
        with context.enter(heideblick):
            write(3)
            anchor = anchoring.take(at=clock.now())
            cut_off(services, heideblick.key, 2)
            assert chain.verify() is None, "from inside nothing is missing"

        status, output = run("verify", "--tenant", "heideblick", "--json")

        assert status == 1
        result = json.loads(output)[0]
        assert (result["position"], result["entry"]) == (anchor.position, None)
        assert result["reason"].startswith("Das Ende fehlt: Am ")
        assert run("verify", "--tenant", "luckau") == (0, "luckau: in Ordnung\n")

    def test_chain_that_was_written_anew_is_noticed(self, heideblick, services):
        with context.enter(heideblick):
            write(3)
            anchoring.take(at=clock.now())
            with superuser(services, heideblick.key) as admin:
                admin.execute("UPDATE audit_entry SET reason = 'nie gewesen' WHERE action = 'x.y.z'")
            rehash(services, heideblick.key)
            assert chain.verify() is None, "from inside every row fits"

            broken = anchoring.compare(anchoring.kept(heideblick.key))

        assert broken is not None
        assert broken.reason.startswith("Die Kette wurde neu geschrieben: Am ")

    def test_next_anchor_tells_the_log_and_the_doctor_and_forgets_nothing(self, heideblick, services):
        with context.enter(heideblick):
            write(3)
            anchoring.take(at=clock.now())
            assert [found.level for found in checks.look_at_anchors(heideblick)] == ["ok"]
            cut_off(services, heideblick.key, 2)
            write(1)

            with capture_logs() as lines:
                anchoring.take(at=clock.now())
            write(5)

            assert [line["event"] for line in lines] == ["audit.chain_cut", "audit.anchored"]
            assert [found.code for found in checks.look_at_anchors(heideblick)] == ["audit_cut"]

    def test_the_associations_own_end_is_found_by_a_file_that_was_kept_elsewhere(
        self, services, run, tmp_path
    ):
        with context.enter_association():
            write(3)
        file = tmp_path / "anchors.jsonl"
        file.write_text(run("anchors", "--tenant", "association")[1])
        cut_off(services, "association", 2)
        with superuser(services, "association") as admin:
            admin.execute("DELETE FROM audit_anchor")

        inside = run("verify", "--tenant", "association")
        status, output = run("verify", "--tenant", "association", "--anchors", str(file))

        assert inside == (0, "association: in Ordnung\n")
        assert (status, "Das Ende fehlt" in output) == (1, True)


def test_doctor_warns_when_nobody_takes_anchors(in_heideblick):
    write(1)
    seal_now()

    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert [found.code for found in checks.look_at_anchors(in_heideblick)] == ["audit_not_anchored"]


def test_tasks_take_anchors_of_both_kinds(in_heideblick):
    write(1)
    seal_now()
    assert tasks.anchor.run()
    with context.enter_association():
        write(1)
        seal_now()
        assert tasks.anchor_association.run()
        assert set(AuditAnchor.objects.values_list("scope", flat=True)) == {"m_000001", "association"}


def test_file_of_something_else_is_refused():
    with pytest.raises(Invalid, match="keine Anker"):
        anchoring.read(['{"scope": "m_000001"}'])
