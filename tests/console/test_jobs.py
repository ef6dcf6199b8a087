# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Long work is watched by those who look after the member it is about."""

from __future__ import annotations

import pytest

from tests.factories.onboarding import ZEUTHEN, requested
from tests.factories.sessions import signed_in
from verbund.accounts.reach.services import set_reach
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM


@pytest.mark.parametrize("page", ["", "stand/"])
def test_job_of_a_member_somebody_does_not_look_after_is_not_there(luckau, page):
    job = requested(**ZEUTHEN)
    everybody, limited = signed_in("operator"), signed_in("operator")
    with context.enter_association():
        set_reach(person_id=limited.person.pk, tenants=[luckau.number], by=SYSTEM, at=clock.now())

    assert everybody.get(f"/auftraege/{job.pk}/{page}").status_code == 200
    assert limited.get(f"/auftraege/{job.pk}/{page}").status_code == 404
