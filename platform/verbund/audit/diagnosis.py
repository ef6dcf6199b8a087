# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Doctor looks at: the chain still fits its anchors, and anchors are taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from verbund.audit import anchoring
from verbund.kernel import clock
from verbund.kernel.context import Municipality
from verbund.kernel.ports import Diagnosis

# Anchors are taken every six hours where something happened; a day without means that nobody takes them.
_LATE = timedelta(days=1)


def look(municipality: Municipality) -> Iterator[Diagnosis]:
    """One answer: whether the end of the record is still there."""
    anchors = list(anchoring.kept(municipality.key))
    newest = anchors[-1].taken_at if anchors else None
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
