# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case as an end of a link, for who may read its kind."""

from __future__ import annotations

from collections.abc import Iterable

from verbund.cases.access import may_change, visible_cases
from verbund.cases.kinds import kind_of, path_of, state_label
from verbund.cases.models import Case
from verbund.cases.references import parse_reference
from verbund.kernel.actors import Actor
from verbund.kernel.ports import LinkEnd

# The name of the kind of end.
CASE = "cases.case"


def find(text: str) -> str:
    """The number of a case in what somebody typed; whether there is one, `describe` says."""
    return parse_reference(text)


def describe(keys: Iterable[str], who: Actor) -> dict[str, LinkEnd]:
    """Those of the cases that this person may see."""
    cases = visible_cases(who).filter(reference__in=list(keys))
    return {case.reference: _end(case, who) for case in cases}


def _end(case: Case, who: Actor) -> LinkEnd:
    kind = kind_of(case.kind)
    return LinkEnd(
        title=f"{case.reference} {case.subject}",
        url=path_of(kind, case.reference),
        state=state_label(kind, case.state),
        may_change=may_change(case, who),
    )
