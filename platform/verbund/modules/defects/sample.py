# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fills a demo municipality with reports: the same ones for the same municipality, written in a few statements."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random

from django.db import transaction

from verbund.audit import api as audit
from verbund.cases import spine
from verbund.cases.models import Case, CaseCounter, Contact, TimelineEntry
from verbund.cases.references import format_reference
from verbund.files import api as files
from verbund.files.imaging import Encoded, encode
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.clock import day_of
from verbund.kernel.context import Municipality
from verbund.kernel.working_days import add_working_days
from verbund.metering import api as metering
from verbund.modules.defects.models import (
    Category,
    Report,
    Reporter,
    ReportPhoto,
)
from verbund.modules.defects.references import PREFIX
from verbund.modules.defects.sample_histories import History, histories
from verbund.modules.defects.sample_photos import VARIANTS, sample_photo
from verbund.modules.defects.sample_texts import SAMPLE_ANSWERS, SAMPLE_REPORTS, SampleAnswer, SampleReport
from verbund.modules.defects.searching import SOURCE
from verbund.modules.defects.spine import KIND, facts_of
from verbund.modules.defects.states import CLOSED, State
from verbund.places.geometry import bounds_of_point
from verbund.places.models import Address, Location
from verbund.search import index

_COUNTS = {"gemeinde": (13, 18), "amt": (20, 25), "stadt": (22, 30)}
_NAMES = (
    "Anna Lehmann", "Bernd Noack", "Christa Schulze", "Dieter Krüger", "Erika Richter", "Frank Mattuschka",
    "Gisela Paulick", "Heinz Jurisch", "Inge Petrick", "Jörg Kossack", "Katrin Lobeda", "Lutz Hannusch",
)  # fmt: skip
_UNRELEASED = frozenset({State.RECEIVED})


@dataclass(slots=True)
class _Made:
    """A report and what belongs to it, before it is written."""

    report: Report
    sample: SampleReport
    history: History
    entries: list[TimelineEntry] = field(default_factory=list)


def fill(municipality: Municipality) -> None:
    """Add reports, unless there are some; the municipality is entered by the caller."""
    if Report.objects.exists() or not Category.objects.exists():
        return
    random = Random(f"defects-{municipality.slug}")  # noqa: S311 -- repeatable on purpose
    with transaction.atomic():
        _fill(municipality, random, clock.now())


def _fill(municipality: Municipality, random: Random, now: datetime) -> None:
    addresses = list(
        Address.objects.order_by("pk").values_list(
            "street", "house_number", "postal_code", "place", "lat", "lon"
        )
    )
    if not addresses:
        return
    ways = histories(random, random.randint(*_COUNTS[municipality.kind]), now)
    samples = _spread(random, len(ways))
    categories = {category.code: category for category in Category.objects.all()}
    numbers = _Numbers()
    made = []
    for sample, history in zip(samples, ways, strict=True):
        report = _report(
            random,
            categories[sample.category],
            sample,
            history,
            place=random.choice(addresses),
            reference=numbers.next(history.received_at),
        )
        made.append(_Made(report, sample, history))
    _link_duplicates(made)
    Case.objects.bulk_create(_case_of(item.report) for item in made)
    Location.objects.bulk_create(item.report.location for item in made)
    for is_duplicate in (False, True):
        # The originals first: a duplicate needs the key of its original.
        Report.objects.bulk_create(
            item.report for item in made if (item.report.duplicate_of is not None) is is_duplicate
        )
    numbers.save()
    for item in made:
        item.entries = list(_entries(random, item))
    TimelineEntry.objects.bulk_create(entry for item in made for entry in item.entries)
    reporters = list(_reporters(random, made))
    Reporter.objects.bulk_create(reporters)
    Contact.objects.bulk_create(
        Contact(case=item.report.case, email_index=spine.index_of(item.email)) for item in reporters
    )
    _add_photos(random, made)
    _count(made)
    index.refresh(source=SOURCE, keys=[item.report.reference for item in made])
    audit.record(
        action="defects.sample.loaded",
        subject="defects.report:*",
        by=SYSTEM,
        changes={"count": len(made)},
        at=now,
    )


class _Numbers:
    """References in the order of the reports, for every year from 1."""

    def __init__(self) -> None:
        self.last: dict[int, int] = {}

    def next(self, at: datetime) -> str:
        year = day_of(at).year
        self.last[year] = self.last.get(year, 0) + 1
        return format_reference(PREFIX, year, self.last[year])

    def save(self) -> None:
        CaseCounter.objects.bulk_create(
            CaseCounter(prefix=PREFIX, year=year, last=last) for year, last in self.last.items()
        )


def _spread(random: Random, count: int) -> list[SampleReport]:
    """Different texts, every category, photos more often than not."""
    texts = random.sample(SAMPLE_REPORTS, min(count * 3 // 2, len(SAMPLE_REPORTS)))
    return sorted(texts, key=lambda text: not text.photo)[:count]


def _report(
    random: Random,
    category: Category,
    sample: SampleReport,
    history: History,
    *,
    place: tuple[str, str, str, str, float, float],
    reference: str,
) -> Report:
    street, house_number, postal_code, town, latitude, longitude = place
    state = history.state
    first = history.steps[0][1] if history.steps else None
    return Report(
        reference=reference,
        category=category,
        state=state,
        state_before=State.IN_REVIEW if state is State.QUESTION else "",
        location=Location(
            address=f"{street} {house_number}, {postal_code} {town}",
            box=bounds_of_point(
                round(latitude + random.uniform(-1, 1) * 0.00012, 6),
                round(longitude + random.uniform(-1, 1) * 0.0002, 6),
            ),
        ),
        description=f"{sample.title}. {sample.description}",
        public_description="" if state in _UNRELEASED else f"{sample.title}. {sample.description}",
        submitted_at=history.received_at,
        received_at=history.received_at,
        updated_at=history.changed_at,
        closed_at=history.changed_at if state in CLOSED else None,
        first_answered_at=first,
        answer_due_on=add_working_days(day_of(history.received_at), 3),
        expected_on=_expected(random) if state is State.SCHEDULED else None,
        forwarded_to=_answer(random, sample, state).body if state is State.FORWARDED else "",
    )


def _case_of(report: Report) -> Case:
    """The report in the office's list; set on the report as well."""
    report.case = Case(
        kind=KIND,
        reference=report.reference,
        opened_at=report.submitted_at,
        **spine.as_columns(facts_of(report)),
    )
    return report.case


def _expected(random: Random) -> date:
    """Some working days ahead of today, or just missed."""
    return add_working_days(day_of(clock.now()) + timedelta(days=random.randint(-2, 12)), 0)


def _link_duplicates(made: list[_Made]) -> None:
    """A duplicate repeats an older report of its kind; where there is none it stays what it was."""
    for item in made:
        if item.history.state is not State.DUPLICATE:
            continue
        older = (
            other
            for other in made
            if other.report.category == item.report.category
            and other.history.state is not State.DUPLICATE
            and other.history.received_at < item.history.received_at
        )
        original = next(older, None)
        if original is None:
            item.report.state = State.NOT_REPAIRED
            continue
        item.report.duplicate_of = original.report
        item.report.location.address = original.report.location.address
        item.report.location.box = original.report.location.box


def _entries(random: Random, item: _Made) -> Iterator[TimelineEntry]:
    kinds = TimelineEntry.Kind
    yield TimelineEntry(
        case=item.report.case,
        at=item.history.received_at,
        kind=kinds.SUBMITTED,
        is_public=True,
        state=State.RECEIVED,
        author_kind="citizen",
    )
    for state, at in item.history.steps:
        reached = State(item.report.state) if state is State.DUPLICATE else state
        answer = _answer(random, item.sample, reached)
        yield TimelineEntry(
            case=item.report.case,
            at=at,
            kind=kinds.STATE,
            is_public=True,
            state=reached,
            text=answer.text,
            expected_on=item.report.expected_on if reached is State.SCHEDULED else None,
            forwarded_to=item.report.forwarded_to if reached is State.FORWARDED else "",
            author_kind="system",
        )


def _answer(random: Random, sample: SampleReport, state: State) -> SampleAnswer:
    return random.choice(SAMPLE_ANSWERS[sample.category][state])


def _reporters(random: Random, made: Iterable[_Made]) -> Iterator[Reporter]:
    """Every second reporter gave an address, confirmed when the report came in."""
    for item in made:
        if random.random() < 0.5:  # noqa: PLR2004 (a half)
            name = random.choice(_NAMES)
            email = f"{name.lower().replace(' ', '.').replace('ö', 'oe').replace('ü', 'ue')}@example.org"
            yield Reporter(
                report=item.report,
                name=name,
                email=email,
                has_email=True,
                email_confirmed_at=item.history.received_at,
            )


def _add_photos(random: Random, made: Iterable[_Made]) -> None:
    rows = []
    for item in made:
        if not item.sample.photo:
            continue
        file = files.keep_photo(
            photo=_encoded(item.sample.photo, random.randrange(VARIANTS)),
            owner=f"defects.report:{item.report.pk}",
            by=SYSTEM,
            at=item.history.received_at,
        )
        released = None if item.report.state in _UNRELEASED else item.history.changed_at
        rows.append(ReportPhoto(report=item.report, file=file, position=0, released_at=released))
    ReportPhoto.objects.bulk_create(rows)


@lru_cache(maxsize=64)
def _encoded(motif: str, variant: int) -> Encoded:
    """Drawn and encoded once for all municipalities of the demo."""
    return encode(io.BytesIO(sample_photo(motif, variant)))


def _count(made: Iterable[_Made]) -> None:
    """The facts that the services would have counted."""
    for item in made:
        metering.record("defects.reports", at=item.history.received_at, dimensions={"source": "web"})
        for _state, at in item.history.steps:
            metering.record("defects.answers", at=at)
