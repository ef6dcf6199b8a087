# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a person is told: in words, grouped, and as a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from verbund.documents.pdf import render
from verbund.kernel import registry
from verbund.kernel.context import Municipality
from verbund.kernel.language import official_language
from verbund.privacy.persons.looking import Held, Line
from verbund.privacy.persons.models import Kind, PersonRequest, State
from verbund.web.texts import day_text, moment_text

_ACCESS: Final = Path(__file__).with_name("access.typ")
_CLOSING: Final = Path(__file__).with_name("closing.typ")
_MOST_NUMBERS: Final = 12


@dataclass(slots=True)
class Group:
    """Things of one kind with one fate."""

    area: str
    kind: str
    note: str
    stays: bool
    count: int = 0
    references: list[str] = field(default_factory=list)

    @property
    def numbers(self) -> str:
        """The first of their numbers; what is more is counted."""
        shown = ", ".join(self.references[:_MOST_NUMBERS])
        return shown + (" …" if len(self.references) > _MOST_NUMBERS else "")


def grouped(lines: Iterable[Line]) -> list[Group]:
    """In the language at work; what goes comes first."""
    groups: dict[tuple[str, str, str], Group] = {}
    for line in lines:
        record = line.record
        note = str(record.kept_because or record.remains)
        key = (str(line.source), str(record.kind), note)
        group = groups.setdefault(key, Group(*key, stays=line.stays))
        group.count += record.count
        if record.reference and record.reference not in group.references:
            group.references.append(record.reference)
    return sorted(groups.values(), key=lambda group: group.stays)


def outcome_of(held: Held, *, has_fate: bool) -> dict[str, Any]:
    """What is kept as evidence, in the official language: kinds, numbers and grounds, naming nobody.

    ``has_fate``: whether it was erased where it did not have to stay.
    """
    with official_language():
        rows = [
            {
                "area": group.area,
                "kind": group.kind,
                "count": group.count,
                "numbers": group.numbers,
                **({"note": group.note, "stays": group.stays} if has_fate else {}),
            }
            for group in grouped(held.lines)
        ]
    return {"rows": rows, "backups_until": held.backups_until.isoformat()}


def access_pdf(wanted: PersonRequest, held: Held, municipality: Municipality, *, at: datetime) -> bytes:
    """Everything with its contents, why it is kept and for how long (Art. 15 DSGVO)."""
    with official_language():
        values = {
            **_head(wanted, at),
            "records": [_record(line) for line in held.lines],
            "purposes": _purposes(),
            "apart": [[f"{apart.area}: {apart.purpose}", str(apart.said)] for apart in held.apart],
            "backups": day_text(held.backups_until),
        }
        return render(
            _ACCESS, title="Auskunft über Ihre Daten", issuer=municipality.name, values=values, at=at
        )


def closing_pdf(wanted: PersonRequest, municipality: Municipality, *, at: datetime) -> bytes:
    """What became of a closed request; holds nothing but what is kept as evidence."""
    with official_language():
        titles = {
            State.ANSWERED: "Auskunft über Ihre Daten erteilt",
            State.ERASED: "Löschung Ihrer Daten",
            State.DECLINED: "Ihr Antrag zum Datenschutz",
        }
        until = wanted.outcome.get("backups_until")
        values = {
            **_head(wanted, wanted.closed_at or at),
            "state": wanted.state,
            "reason": wanted.get_declined_display(),
            "rows": wanted.outcome.get("rows", []),
            "backups": day_text(date.fromisoformat(until)) if until else "",
        }
        title = titles[State(wanted.state)]
        return render(_CLOSING, title=title, issuer=municipality.name, values=values, at=at)


def _head(wanted: PersonRequest, at: datetime) -> dict[str, Any]:
    return {
        "reference": wanted.reference,
        "asked": str(Kind(wanted.kind).label),
        "received": day_text(wanted.received_on),
        "day": day_text(at),
        "email": wanted.email or "",
    }


def _record(line: Line) -> dict[str, Any]:
    record = line.record
    return {
        "title": " ".join(
            filter(
                None, (str(record.kind), record.reference, f"({record.count})" if record.count > 1 else "")
            )
        ),
        "at": moment_text(record.at) if record.at else "",
        "fields": [[str(label), value] for label, value in record.fields if value],
    }


def _purposes() -> list[list[str]]:
    """Why and how long, of every model a source looks through."""
    looked = {model for spec in registry.all_specs() for source in spec.persons for model in source.models}
    return [
        [str(entry.purpose), str(entry.legal_basis), str(entry.retention)]
        for spec in registry.all_specs()
        for entry in spec.privacy
        if entry.model in looked
    ]
