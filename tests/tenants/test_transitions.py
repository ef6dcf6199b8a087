# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Members move along the table of states, and both records say who moved them and why."""

from __future__ import annotations

import itertools

import pytest

from tenants import directory
from tenants.models import Tenant
from tenants.states import STEPS, State
from tenants.transitions import TransitionRefused, move
from tests.factories.onboarding import ZEUTHEN, requested
from tests.factories.tenants import put
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor

OPERATOR = Actor(kind="person", id="7", role="operator", name="Olga")
PAIRS = list(itertools.product(State, State))


def moved(municipality, wanted, reason=""):
    return move(number=municipality.number, wanted=wanted, by=OPERATOR, at=clock.now(), reason=reason)


def rows(subject, scope_of):
    with scope_of:
        return list(AuditEntry.objects.filter(subject=subject, action__startswith="tenants.tenant."))


@pytest.mark.parametrize(("before", "wanted"), PAIRS, ids=lambda state: state.value)
def test_only_the_table_s_steps_are_taken(heideblick, before, wanted):
    put(heideblick, before)

    if wanted in STEPS[before]:
        assert moved(heideblick, wanted)
    elif wanted == before:
        assert not moved(heideblick, wanted)
    else:
        with pytest.raises(TransitionRefused, match="kann nicht"):
            moved(heideblick, wanted)

    with context.enter_association():
        state = Tenant.objects.get(pk=heideblick.number).state
    assert state == (wanted if wanted in STEPS[before] else before)


def test_both_records_say_who_when_and_why(heideblick, luckau):
    moved(heideblick, State.SUSPENDED, "Gebühren offen")

    subject = f"tenants.tenant:{heideblick.number}"
    ours = rows(subject, context.enter_association())[-1]
    theirs = rows(subject, context.enter(heideblick))[-1]
    assert (ours.action, ours.actor_kind, ours.actor_id, ours.reason) == (
        "tenants.tenant.suspended", "person", "7", "Gebühren offen",
    )  # fmt: skip
    assert (theirs.action, theirs.actor_kind, theirs.actor_id, theirs.reason) == (
        "tenants.tenant.suspended", "system", "", "Gebühren offen",
    ), "person 7 of the association is not person 7 of the municipality"  # fmt: skip
    assert theirs.acting_for == "association:person:7"
    assert theirs.changes == ours.changes == {"state": ["ACTIVE", "SUSPENDED"]}
    assert rows(subject, context.enter(luckau)) == []


def test_reason_is_the_state_s_message_until_the_next_step(heideblick):
    moved(heideblick, State.SUSPENDED, "Gebühren offen")
    with context.enter_association():
        assert Tenant.objects.get(pk=heideblick.number).state_message == "Gebühren offen"

    moved(heideblick, State.ACTIVE)

    with context.enter_association():
        assert Tenant.objects.get(pk=heideblick.number).state_message == ""
        assert AuditEntry.objects.latest("pk").action == "tenants.tenant.resumed"


def test_who_has_no_schema_yet_is_told_nothing(db):
    job = requested(**ZEUTHEN)
    with context.enter_association():
        tenant = Tenant.objects.get(schema_name=job.subject)

    assert move(number=tenant.pk, wanted=State.PROVISIONING, by=OPERATOR, at=clock.now())

    assert [row.action for row in rows(f"tenants.tenant:{tenant.pk}", context.enter_association())] == [
        "tenants.tenant.requested",
        "tenants.tenant.provisioning",
    ]


def test_hosts_stop_answering_at_once(heideblick):
    assert directory.by_host("heideblick.localhost") is not None

    moved(heideblick, State.SUSPENDED)

    assert directory.by_host("heideblick.localhost") is None


def test_invented_hosts_do_not_drive_out_known_ones(
    heideblick, luckau, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(directory, "_MOST_UNKNOWN", 3)
    directory.forget()
    directory.by_host("heideblick.localhost")

    for number in range(8):
        directory.by_host(f"erfunden{number}.localhost")

    with django_assert_num_queries(0):
        assert directory.by_host("heideblick.localhost") is not None
