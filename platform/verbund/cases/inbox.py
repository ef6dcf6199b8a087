# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The staff inbox: one list of what waits for somebody, over all kinds of cases the person may read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet

from verbund.accounts.models import Person
from verbund.cases.deadlines import is_overdue
from verbund.cases.kinds import MayAsk, kind_of, path_of, readable_kinds, state_label
from verbund.cases.models import Case
from verbund.cases.phases import Phase
from verbund.kernel.offers import CaseKind
from verbund.kernel.texts import LazyText


class View(StrEnum):
    """What of the inbox is shown; the value stands in the address."""

    ALL = ""
    MINE = "meine"
    UNASSIGNED = "offen"
    NEW = "ungelesen"
    OVERDUE = "ueberfaellig"
    PUT_OFF = "wiedervorlage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for. ``covered``: whose cases they look after besides their own, with names."""

    view: View = View.ALL
    kind: str = ""
    text: str = ""
    person_id: int | None = None
    covered: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the inbox; it names nobody who wrote to the office."""

    reference: str
    source: LazyText
    subject: str
    state: str
    url: str
    received_at: datetime
    due_on: date | None
    resume_on: date | None
    assignee: str
    is_mine: bool
    is_covered: bool
    is_new: bool
    is_overdue: bool


def kinds_in_use(who: MayAsk) -> list[CaseKind]:
    """The kinds to choose from, in the registry's order."""
    return readable_kinds(who)


def inbox_cases(who: MayAsk, wanted: Wanted, *, today: date) -> QuerySet[Case]:
    """The cases of a view: what is due first, then what waits longest."""
    cases = _matching(who, wanted).filter(_shown(wanted, today)[wanted.view])
    return cases.select_related("assignee").order_by(F("due_on").asc(nulls_last=True), "received_at", "id")


def inbox_counts(who: MayAsk, wanted: Wanted, *, today: date) -> dict[View, int]:
    """How many each view has, in one query."""
    shown = _shown(wanted, today)
    found = _matching(who, wanted).aggregate(**{view.name: Count("id", filter=shown[view]) for view in View})
    return {view: found[view.name] for view in View}


def arrived_since(who: MayAsk, wanted: Wanted, *, since: datetime, today: date) -> int:
    """How many cases of the view came in after that moment."""
    return _matching(who, wanted).filter(_shown(wanted, today)[wanted.view], received_at__gt=since).count()


def rows_of(cases: Iterable[Case], wanted: Wanted, *, today: date) -> list[Row]:
    """The lines as they are shown; no query."""
    return [_row(case, wanted, today) for case in cases]


def _matching(who: MayAsk, wanted: Wanted) -> QuerySet[Case]:
    kinds = [kind.slug for kind in readable_kinds(who) if wanted.kind in {"", kind.slug}]
    cases = Case.objects.filter(phase=Phase.OPEN, kind__in=kinds)
    for word in wanted.text.split():
        # Looked up once, not joined: few people stand beside very many cases.
        people = Person.objects.filter(name__icontains=word).values("pk")
        cases = cases.filter(
            Q(reference__icontains=word) | Q(subject__icontains=word) | Q(assignee__in=people)
        )
    return cases


def _shown(wanted: Wanted, today: date) -> dict[View, Q]:
    waits = Q(resume_on=None) | Q(resume_on__lte=today)
    own = [*([wanted.person_id] if wanted.person_id is not None else []), *wanted.covered]
    return {
        View.ALL: waits,
        View.MINE: waits & Q(assignee__in=own),
        View.UNASSIGNED: waits & Q(assignee=None),
        View.NEW: waits & Q(is_new=True),
        View.OVERDUE: waits & Q(due_on__lt=today),
        View.PUT_OFF: Q(resume_on__gt=today),
    }


def _row(case: Case, wanted: Wanted, today: date) -> Row:
    kind = kind_of(case.kind)
    return Row(
        reference=case.reference,
        source=kind.label,
        subject=case.subject,
        state=state_label(kind, case.state),
        url=path_of(kind, case.reference),
        received_at=case.received_at or case.opened_at,
        due_on=case.due_on,
        resume_on=case.resume_on,
        assignee=case.assignee.shown_name if case.assignee is not None else "",
        is_mine=case.assignee_id is not None and case.assignee_id == wanted.person_id,
        is_covered=case.assignee_id in wanted.covered,
        is_new=case.is_new,
        is_overdue=is_overdue(case, today=today),
    )
