# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Doctor asks of the audit record: does its chain hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from verbund.audit import chain
from verbund.kernel import clock
from verbund.kernel.context import Municipality
from verbund.kernel.ports import Diagnosis

_LOOK_BACK = timedelta(days=3)


def look_at_chain(municipality: Municipality) -> Iterator[Diagnosis]:
    """The last days; `verbund audit verify` looks at all."""
    del municipality  # the record is that of the entered municipality
    broken = chain.verify(since=clock.today() - _LOOK_BACK)
    if broken is None:
        yield Diagnosis(code="audit", level="ok", message=_("Die Kette des Protokolls hält."))
        return
    yield Diagnosis(
        code="audit_broken",
        level="error",
        message=_(
            "Das Protokoll ist an Stelle %(position)s gebrochen (%(reason)s) Genaueres: verbund audit verify"
        )
        % {"position": broken.position, "reason": broken.reason},
    )
