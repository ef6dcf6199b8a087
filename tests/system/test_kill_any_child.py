# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""kill -9 of any process, while citizens and the office are at work, loses nothing that was acknowledged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress

import psutil
import pytest
import requests

from tests.system.browser import Browser
from tests.system.demo import CHILDREN, Demo, lives, wait_until
from tests.system.journeys import confirm_by_mail, place_of, write_report
from tests.system.traffic import TOWN, Traffic

pytestmark = pytest.mark.slow
log = logging.getLogger(__name__)

_BACK_WITHIN = 60.0
_NEXT_START_WITHIN = 60.0  # 15 s on a machine of its own; this one also runs the other tests


def _answers(demo: Demo, name: str) -> bool:
    """What the child is for works again, as far as a question can tell."""
    asked = {"metrics": demo.access["metrics_url"], "mailsink": demo.access["mail_api"]}
    try:
        return name not in asked or requests.get(asked[name], timeout=5).ok
    except requests.RequestException:
        return False


def _is_back(demo: Demo, name: str, former: int) -> bool:
    with suppress(psutil.Error, OSError, ValueError):
        child = demo.child(name)
        return child.pid != former and child.is_running() and demo.is_ready() and _answers(demo, name)
    return False


@pytest.mark.parametrize("name", CHILDREN)
def test_a_killed_child_comes_back_and_nothing_is_lost(demo: Demo, name: str) -> None:
    former = demo.tree(name)

    with Traffic(demo) as traffic:
        former[0].kill()
        wait_until(lambda: _is_back(demo, name, former[0].pid), seconds=_BACK_WITHIN)
        traffic.wait_for_next()

    # Nothing of the killed child's own children lives on beside the new ones.
    assert [process for process in former if lives(process)] == []
    assert demo.is_running
    traffic.assert_complete()


def test_a_killed_supervisor_leaves_nothing_behind_and_the_next_start_is_complete(
    demo: Demo, visitor: Callable[..., Browser]
) -> None:
    former = [process for name in CHILDREN for process in demo.tree(name)]

    with Traffic(demo) as traffic:
        demo.kill()
        # At once: the next start meets what is still ending.
        seconds = demo.start()
        traffic.wait_for_next()

    log.info("The next start took %.1f s.", seconds)
    assert [process for process in former if lives(process)] == []
    assert seconds < _NEXT_START_WITHIN
    traffic.assert_complete()
    # Mail goes out again, too.
    citizen = visitor(TOWN)
    write_report(citizen, place_of(demo, TOWN), "Laterne dunkel", email="nora@nachbar.example")
    confirm_by_mail(demo, citizen, email="nora@nachbar.example")
