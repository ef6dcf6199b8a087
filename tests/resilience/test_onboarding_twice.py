# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""R1: two operators onboard the same municipality in the same moment: one wins, the other is told which field is taken."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.harness.services import ROOT
from tests.resilience.gates import Gate
from tests.resilience.station import Station
from tests.resilience.traces import assert_whole, keys_of
from tests.resilience.wishes import Wish, ask_by_console, wishes
from tests.system.browser import Browser
from tests.system.demo import wait_until

_TAKEN = "Das Kürzel „{}“ ist schon vergeben. Bitte wählen Sie ein anderes."


def _operators(station: Station, count: int) -> list[Browser]:
    (account,) = (one for one in station.access["association"]["accounts"] if one["role"] == "Betrieb")
    return [Browser(station.port, "verbund.localhost").sign_in(account) for _ in range(count)]


def _is_active(station: Station, wish: Wish) -> bool:
    return station.query("SELECT state FROM association.tenants_tenant WHERE slug = %s", wish.slug) == [
        ("ACTIVE",)
    ]


def test_two_browsers_ask_for_the_same_slug(station: Station, note: Callable[..., None]) -> None:
    wish = wishes()[0]
    operators = _operators(station, 2)

    # Both requests are under way before either is written: they wait for the same turn.
    with Gate(station, 1) as gate, ThreadPoolExecutor(2) as both:
        gate.stand_at("association.tenants_tenant", events="INSERT")
        asked = [both.submit(ask_by_console, operator, wish) for operator in operators]
        wait_until(lambda: gate.is_reached and _waits_for_turn(station), seconds=30)
        gate.open()
        answers = sorted((one.result() for one in asked), key=lambda answer: answer.status_code)

    assert [answer.status_code for answer in answers] == [302, 422]
    assert _TAKEN.format(wish.slug) in answers[1].text
    assert 'href="#id_slug"' in answers[1].text
    wait_until(lambda: _is_active(station, wish), seconds=60)
    assert_whole(station, [wish.slug])
    note(
        bar="R1",
        fault="two operators onboard the same slug in the console",
        how="both requests held until each waits for the other, then let go",
        measured="one is redirected to the progress page, the other gets 422 with the sentence at the field “Kürzel”;"
        " one row, schema, role, key and folder",
    )


def test_the_command_line_and_a_browser_ask_for_the_same_slug(
    station: Station, note: Callable[..., None]
) -> None:
    wish = wishes()[1]
    (operator,) = _operators(station, 1)
    program = str(Path(sys.executable).with_name("verbund"))

    with Gate(station, 1) as gate, ThreadPoolExecutor(1) as other:
        gate.stand_at("association.tenants_tenant", events="INSERT")
        asked = other.submit(ask_by_console, operator, wish)
        wait_until(lambda: gate.is_reached, seconds=30)
        command = subprocess.Popen(
            [program, "onboard", *wish.options],
            env=station.environment(),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_until(lambda: _waits_for_turn(station), seconds=60)
        gate.open()
        answer = asked.result()
    _said, complaint = command.communicate(timeout=60)

    assert answer.status_code == 302
    assert command.returncode == 2
    assert f"slug: {_TAKEN.format(wish.slug)}" in complaint
    wait_until(lambda: _is_active(station, wish), seconds=60)
    assert_whole(station, [wish.slug])
    note(
        bar="R1",
        fault="console and command line onboard the same slug",
        how="the console's request held before its commit until the command waits for it",
        measured=f"the console wins; the command ends with 2 and “slug: {_TAKEN.format(wish.slug)}”;"
        f" {len(keys_of(station)['registry'])} members, each whole",
    )


def _waits_for_turn(station: Station) -> bool:
    """Somebody waits for the lock that lets one request at a time through."""
    return station.query(
        "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
        " WHERE l.locktype = 'advisory' AND NOT l.granted AND a.query LIKE '%%tenants.onboarding%%'"
    ) >= [(1,)]
