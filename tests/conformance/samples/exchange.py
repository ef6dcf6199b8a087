# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every service of the exchange between municipalities."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from tests.conformance.samples import Stage
from verbund.exchange.outbox import send, withdraw
from verbund.exchange.partners import partners
from verbund.kernel import clock


def _sending(stage: Stage) -> partial:
    return partial(
        send,
        receiver=partners()[0].number,
        kind="proof.message",
        body={},
        hold=timedelta(minutes=1),
        by=stage.by,
        at=clock.now(),
    )


SERVICES = {
    "verbund.exchange.outbox.send": _sending,
    "verbund.exchange.outbox.withdraw": lambda stage: partial(
        withdraw, message_id=_sending(stage)(), by=stage.by, at=clock.now()
    ),
}
