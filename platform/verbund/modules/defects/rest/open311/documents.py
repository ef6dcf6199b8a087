# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What Open311 tells of services and reports. Nothing about people is ever in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from verbund.kernel import context
from verbund.kernel.clock import BERLIN
from verbund.modules.defects.labels import state_title
from verbund.modules.defects.links import link_to, photo_url
from verbund.modules.defects.models import Category, Report
from verbund.modules.defects.rest.open311.rendering import Document
from verbund.modules.defects.states import State, light_of

# The day this description of the interface last changed.
CHANGESET = "2026-11-22T00:00:00+01:00"
_SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
_CLOSED = frozenset({State.DONE, State.NOT_REPAIRED, State.DUPLICATE})
_MIDDAY = time(12)


def discovery(contact: str, base_url: str) -> Document:
    """Where the endpoint is and what it speaks."""
    content = {
        "changeset": CHANGESET,
        "contact": contact,
        "key_service": contact,
        "endpoints": [
            {
                "specification": _SPECIFICATION,
                "url": base_url.rstrip("/"),
                "changeset": CHANGESET,
                "type": "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }
    return Document(content, "discovery", items={"endpoints": "endpoint", "formats": "format"})


def services(categories: Iterable[Category]) -> Document:
    """What may be reported."""
    content = [
        {
            "service_code": category.code,
            "service_name": category.name,
            "description": category.description or None,
            "metadata": False,
            "type": "realtime",
            "keywords": ",".join(category.keywords) or None,
            "group": category.group or None,
        }
        for category in categories
    ]
    return Document(content, "services", "service")


def service_definition(category: Category) -> Document:
    """What a category asks beyond the rest: nothing so far."""
    content: dict[str, Any] = {"service_code": category.code, "attributes": []}
    return Document(content, "service_definition", items={"attributes": "attribute"})


def requests(reports: Iterable[Report], *, is_extended: bool = False) -> Document:
    """Reports; also a single one is a list."""
    content = [_request(report, is_extended=is_extended) for report in reports]
    items = {"notes": "note", "photos": "photo"}
    return Document(content, "service_requests", "request", items=items)


def created(report: Report, token: str) -> Document:
    """The answer to a new report: its number, or a token while its address is not confirmed."""
    name, value = (
        ("token", token) if report.state == State.UNCONFIRMED else ("service_request_id", report.reference)
    )
    content = [{name: value, "service_notice": None, "account_id": None}]
    return Document(content, "service_requests", "request")


def token(text: str, report: Report) -> Document:
    """What a token became."""
    reference = None if report.state == State.UNCONFIRMED else report.reference
    return Document([{"service_request_id": reference, "token": text}], "service_requests", "request")


def errors(found: list[dict[str, str]]) -> Document:
    return Document(found, "errors", "error")


def _request(report: Report, *, is_extended: bool) -> dict[str, Any]:
    state = State(report.state)
    photos = [
        photo_url(photo.shown_file_id) for photo in report.photos.all() if photo.released_at is not None
    ]
    is_closed = state in _CLOSED
    request: dict[str, Any] = {
        "service_request_id": report.reference,
        "status": "closed" if is_closed else "open",
        "status_notes": _notes(report),
        "service_name": report.category.name,
        "service_code": report.category.code,
        "description": report.public_description or None,
        "agency_responsible": report.forwarded_to or context.current_municipality().display_name,
        "service_notice": None,
        "requested_datetime": _moment(report.received_at),
        "updated_datetime": _moment(report.closed_at if is_closed else report.updated_at),
        "expected_datetime": _moment(_midday(report.expected_on)),
        "address": report.address,
        "address_id": None,
        "zipcode": None,
        "lat": report.latitude,
        "long": report.longitude,
        "media_url": photos[0] if photos else None,
    }
    if is_extended:
        request["extended_attributes"] = {
            "light": light_of(report.shown_state),
            "detailed_status": state.lower(),
            "url": link_to("defects:report", reference=report.reference),
            "photos": photos,
        }
        request["notes"] = [
            {"datetime": _moment(entry.at), "status": entry.state.lower(), "description": entry.text or None}
            for entry in report.case.timeline.all()
            if entry.is_public
        ]
    return request


def _notes(report: Report) -> str:
    """The state in words; that it repeats another one stands there too."""
    title = state_title(report.state)
    return f"{title}: {report.duplicate_of.reference}" if report.duplicate_of else title


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(BERLIN).isoformat(timespec="seconds") if value else None


def _midday(day: date | None) -> datetime | None:
    return datetime.combine(day, _MIDDAY, tzinfo=BERLIN) if day else None
