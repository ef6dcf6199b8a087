# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Doctor asks of the audit record: does its chain hold, and is its end still there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from verbund.audit import anchoring, chain
from verbund.kernel import clock
from verbund.kernel.context import Municipality
from verbund.kernel.ports import Diagnosis

_LOOK_BACK = timedelta(days=3)
# Anchors are taken every six hours where something happened; a day without means that nobody takes them.
_LATE = timedelta(days=1)


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


def look_at_anchors(municipality: Municipality) -> Iterator[Diagnosis]:
    """One answer: whether the end of the record is still there."""
    anchors = list(anchoring.kept(municipality.key))
    newest = max((anchor.taken_at for anchor in anchors), default=None)
    broken = anchoring.compare(anchors)
    if broken is not None:
        yield Diagnosis(code="audit_cut", level="error", message=broken.reason, at=newest)
    elif anchoring.is_overdue(clock.now() - _LATE):
        words = _("Das Protokoll ist seit über einem Tag nicht verankert. Läuft der Dienst für Aufgaben?")
        yield Diagnosis(code="audit_not_anchored", level="warning", message=words, at=newest)
    else:
        yield Diagnosis(
            code="audit_anchored", level="ok", message=_("Das Protokoll ist vollständig."), at=newest
        )
