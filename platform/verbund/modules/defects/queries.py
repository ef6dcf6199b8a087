# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads of the defects module: lists for everybody and for the office, each in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, CharField, Count, F, Prefetch, Q, QuerySet, When
from django.http import HttpRequest

from verbund.kernel import clock
from verbund.modules.defects.models import Category, Report, ReportPhoto
from verbund.modules.defects.states import CLOSED, OPEN, PUBLIC, Light, State, states_of
from verbund.places import locating

_RECENTLY = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Nearby:
    """A report close to a place."""

    report: Report
    metres: int


def categories() -> QuerySet[Category]:
    """What may be reported, in the municipality's order."""
    return Category.objects.filter(is_active=True)


def public_reports(*, light: Light | None = None, category: str = "") -> QuerySet[Report]:
    """What everybody may see, newest first."""
    shown = Case(
        When(state=State.DUPLICATE, then=F("duplicate_of__state")),
        default=F("state"),
        output_field=CharField(),
    )
    reports = (
        Report.objects.annotate(shown=shown)
        .filter(state__in=PUBLIC, shown__in=PUBLIC)
        .select_related("category", "duplicate_of")
        .order_by("-received_at", "-id")
    )
    if light is not None:
        reports = reports.filter(shown__in=states_of(light))
    return reports.filter(category__code=category) if category else reports


def with_first_photo(reports: QuerySet[Report]) -> QuerySet[Report]:
    """The same with ``released_photos`` at hand."""
    released = ReportPhoto.objects.filter(released_at__isnull=False)
    return reports.prefetch_related(Prefetch("photos", queryset=released, to_attr="released_photos"))


def staff_reports(
    *,
    view: str = "open",
    category: str = "",
    text: str = "",
    person_id: int | None = None,
    today: date,
) -> QuerySet[Report]:
    """The office's list. Views: open, new, mine, unassigned, overdue, closed, unconfirmed, all."""
    reports = Report.objects.select_related("category", "case__assignee", "duplicate_of")
    reports = reports.filter(_view(view, person_id, today))
    if category:
        reports = reports.filter(category__code=category)
    if text:
        reports = reports.filter(
            Q(reference__icontains=text)
            | Q(location__address__icontains=text)
            | Q(description__icontains=text)
        )
    return reports.order_by("-submitted_at", "-id")


def next_unanswered(report: Report) -> str:
    """The reference of the report that waits longest for its first answer, besides this one; empty when none does."""
    waiting = Report.objects.filter(state__in=OPEN, first_answered_at=None).exclude(pk=report.pk)
    return waiting.order_by("answer_due_on", "submitted_at").values_list("reference", flat=True).first() or ""


def view_counts(*, person_id: int | None, today: date) -> dict[str, int]:
    """How many reports each view of the office's list holds, in one query."""
    names = ("new", "open", "mine", "unassigned", "overdue")
    return Report.objects.aggregate(
        **{name: Count("id", filter=_view(name, person_id, today)) for name in names}
    )


def nearby(
    *, latitude: float, longitude: float, metres: float, category: str = "", at: datetime, most: int = 5
) -> list[Nearby]:
    """Public reports around a place: open ones, and those closed recently; nearest first."""
    reports = public_reports(category=category).filter(
        location__box__overlaps=locating.square(latitude, longitude, metres=metres)
    )
    reports = reports.exclude(state=State.DUPLICATE).filter(
        Q(state__in=OPEN) | Q(closed_at__gte=at - _RECENTLY)
    )
    found = (
        Nearby(report, round(locating.metres_from(report.location, lat=latitude, lon=longitude)))
        for report in with_first_photo(reports)[:200]
    )
    return sorted((item for item in found if item.metres <= metres), key=lambda item: item.metres)[:most]


def _view(name: str, person_id: int | None, today: date) -> Q:
    is_open = Q(state__in=OPEN)
    views = {
        "open": is_open,
        "new": Q(state=State.RECEIVED, first_answered_at=None),
        "mine": is_open & Q(case__assignee_id=person_id or 0),
        "unassigned": is_open & Q(case__assignee=None),
        "overdue": is_open & Q(case__due_on__lt=today),
        "closed": Q(state__in=CLOSED),
        "unconfirmed": Q(state=State.UNCONFIRMED),
        "all": Q(),
    }
    return views.get(name, is_open)


def waiting_count(_request: HttpRequest) -> int:
    """How many reports nobody has touched yet, for the navigation."""
    return staff_reports(view="new", today=clock.today()).count()
