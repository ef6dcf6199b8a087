# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads what a client asks for or sends; whatever is wrong is told at once, not one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_datetime

from verbund.kernel import context
from verbund.kernel.clock import BERLIN
from verbund.modules.defects import placing
from verbund.modules.defects.placing import Spot
from verbund.modules.defects.rest.open311.errors import Refused, Unknown

MOST_RESULTS = 1000
LONGEST_SPAN = timedelta(days=90)
_LONGEST_DESCRIPTION = 4000
_STATUSES = frozenset({"open", "closed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which reports a client wants."""

    references: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    statuses: frozenset[str] = frozenset()
    start: datetime
    end: datetime
    updated_after: datetime | None = None
    updated_before: datetime | None = None
    page: int = 1
    page_size: int = MOST_RESULTS
    is_extended: bool = False


def check_jurisdiction(given: QueryDict) -> None:
    """On a municipality's own host the jurisdiction may be left out; another one's is unknown here.

    Raises:
        Unknown: it is not ours.
    """
    wanted = given.get("jurisdiction_id", "").strip().lower()
    ours = context.current_municipality()
    if wanted and wanted not in {ours.slug, *ours.hosts}:
        raise Unknown("jurisdiction_id")


def wish_of(request: HttpRequest, *, now: datetime) -> Wish:
    """What the query asks for; empty parameters count as not given.

    Raises:
        Refused: with everything that cannot be understood.
    """
    given = request.GET
    problems: list[str] = []
    start = _moment(given, "start_date", problems)
    end = _moment(given, "end_date", problems)
    statuses = frozenset(_listed(given, "status"))
    if not statuses <= _STATUSES:
        problems.append("status must be open, closed or both.")
    page = _number(given, "page", 1, problems)
    page_size = min(_number(given, "page_size", MOST_RESULTS, problems), MOST_RESULTS)
    after, before = _moment(given, "updated_after", problems), _moment(given, "updated_before", problems)
    if problems:
        raise Refused(*problems)
    end = end or (min(_later(start), now) if start else now)
    start = start or _earlier(end)
    return Wish(
        references=tuple(_listed(given, "service_request_id")),
        services=tuple(_listed(given, "service_code")),
        statuses=statuses,
        start=start,
        end=min(end, _later(start)),
        updated_after=after,
        updated_before=before,
        page=page,
        page_size=page_size,
        is_extended=given.get("extensions", "").lower() == "true",
    )


def refuse_nulls(given: QueryDict) -> None:
    """PostgreSQL's texts hold everything but the null character.

    Raises:
        Refused: there is one.
    """
    if any("\0" in value for values in given.lists() for value in values[1]):
        raise Refused("Null characters are not allowed.")


def spot_of(given: QueryDict) -> Spot:
    """Where the new report is: a point, or an address we know.

    Raises:
        Refused: neither is given, or it cannot be understood.
    """
    latitude, longitude = given.get("lat", "").strip(), given.get("long", "").strip()
    if latitude and longitude:
        return _point(latitude, longitude)
    if latitude or longitude:
        raise Refused("lat and long must be given together.")
    address = given.get("address_string", "").strip()
    if not address:
        raise Refused("lat and long or address_string must be given.")
    spots = placing.spots_for(address)
    if not spots:
        raise Refused("address_string is not known.")
    return spots[0]


def description_of(given: QueryDict) -> str:
    """The reporter's words.

    Raises:
        Refused: there are too many.
    """
    text = given.get("description", "").strip()
    if len(text) > _LONGEST_DESCRIPTION:
        raise Refused(f"description must not exceed {_LONGEST_DESCRIPTION} characters.")
    return text


def _later(moment: datetime) -> datetime:
    """The end of the longest span; calendars end with the year 9999."""
    last = datetime.max.replace(tzinfo=UTC) - LONGEST_SPAN
    return moment + LONGEST_SPAN if moment < last else moment


def _earlier(moment: datetime) -> datetime:
    """The beginning of the longest span; calendars begin with the year 1."""
    first = datetime.min.replace(tzinfo=UTC) + LONGEST_SPAN
    return moment - LONGEST_SPAN if moment > first else moment


def _point(latitude: str, longitude: str) -> Spot:
    try:
        point = float(latitude), float(longitude)
    except ValueError as error:
        raise Refused("lat and long must be numbers.") from error
    if not (abs(point[0]) <= 90 and abs(point[1]) <= 180):  # noqa: PLR2004 (degrees on earth)
        raise Refused("lat and long must lie on earth.")
    return Spot(point[0], point[1], placing.address_near(*point))


def _listed(given: QueryDict, name: str) -> list[str]:
    return [part.strip() for part in given.get(name, "").split(",") if part.strip()]


def _moment(given: QueryDict, name: str, problems: list[str]) -> datetime | None:
    text = given.get(name, "").strip().replace(" ", "+")  # a plus sign that nobody escaped
    if not text:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        problems.append(f"{name} must be a date and time as in 2026-11-22T00:00:00+01:00.")
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)


def _number(given: QueryDict, name: str, default: int, problems: list[str]) -> int:
    text = given.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        problems.append(f"{name} must be a positive number.")
        return default
    return int(text[:9])
