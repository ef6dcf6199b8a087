# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The record of processing (Art. 30 DSGVO) and the deletion concept, as the packages and modules declare them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.apps import apps
from django.utils.translation import gettext as _

from verbund.documents.pdf import render
from verbund.kernel import clock, context, registry
from verbund.kernel.context import Municipality
from verbund.kernel.ports import is_active
from verbund.kernel.specs import KEPT_BY_CHANGE, KEPT_WITH_OWNER, AppScope, ModuleSpec, PrivacyEntry
from verbund.privacy import wording
from verbund.privacy.controller import head, measures
from verbund.privacy.periods.counting import in_words, months_of, rule_of

_TEMPLATE: Final = Path(__file__).with_name("record.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is kept for one purpose, in words."""

    model: str
    purpose: str
    legal_basis: str
    persons: str
    data: str
    recipients: str
    retention: str
    kept_by: str
    is_encrypted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One package or module: what it keeps of people, and for what it keeps data of nobody.

    ``is_off``: a module that was switched off and whose data are still there.
    """

    slug: str
    label: str
    is_off: bool
    personal: tuple[Line, ...]
    others: tuple[Line, ...]


def chapters() -> list[Chapter]:
    """What stands in the entered municipality's own tables.

    Packages without tables there are left out, and so are modules that are switched off and keep nothing of anybody.
    """
    found = []
    for spec in registry.all_specs():
        entries = [entry for entry in spec.privacy if _stands_in_municipality(entry)]
        is_off = isinstance(spec, ModuleSpec) and not is_active(context.current(), spec.slug)
        if entries and not (is_off and _is_empty(entries)):
            chapter = Chapter(
                slug=spec.slug,
                label=str(spec.label),
                is_off=is_off,
                personal=tuple(_lines(entries, is_personal=True)),
                others=tuple(_lines(entries, is_personal=False)),
            )
            found.append(chapter)
    return sorted(found, key=lambda chapter: not chapter.personal)


def as_pdf(municipality: Municipality, *, at: datetime) -> bytes:
    """The record as a document: PDF/A-3a and PDF/UA-1."""
    return render(
        _TEMPLATE,
        title=_("Verzeichnis der Verarbeitungstätigkeiten"),
        issuer=municipality.name,
        values={
            "head": [row[:2] for row in head(municipality, at=at)],
            "measures_title": _("Schutz der Daten"),
            "measures": measures(),
            "columns": [
                _("Zweck"),
                _("Personen und Daten"),
                _("Empfänger"),
                _("Löschung"),
            ],
            "chapters": [_as_values(chapter) for chapter in chapters() if chapter.personal],
        },
        at=at,
    )


def _as_values(chapter: Chapter) -> dict[str, object]:
    lines = [
        [
            "\n".join(filter(None, (line.purpose, line.legal_basis))),
            f"{line.persons}:\n{line.data}",
            line.recipients or _("niemand sonst"),
            _kept(line),
        ]
        for line in chapter.personal
    ]
    label = _("%(module)s (abgeschaltet)") % {"module": chapter.label} if chapter.is_off else chapter.label
    return {"label": label, "lines": lines}


def _kept(line: Line) -> str:
    parts = [line.retention or "–", line.kept_by, _("verschlüsselt") if line.is_encrypted else ""]
    return "; ".join(part for part in parts if part)


def _stands_in_municipality(entry: PrivacyEntry) -> bool:
    config = apps.get_app_config(entry.model.partition(".")[0])
    names = registry.apps(AppScope.MUNICIPALITY, AppScope.BOTH)
    known = {config.name, f"{config.__module__}.{type(config).__name__}"}
    return not known.isdisjoint(names)


def _is_empty(entries: list[PrivacyEntry]) -> bool:
    return not any(apps.get_model(entry.model).objects.exists() for entry in entries if entry.personal)


def _lines(entries: list[PrivacyEntry], *, is_personal: bool) -> Iterator[Line]:
    for entry in entries:
        if entry.personal is is_personal:
            yield Line(
                model=entry.model,
                purpose=str(entry.purpose),
                legal_basis=str(entry.legal_basis),
                persons=wording.in_words(entry.persons),
                data=wording.in_words(entry.data),
                recipients=wording.in_words(entry.recipients),
                retention=_retention(entry),
                kept_by=_kept_by(entry),
                is_encrypted=bool(entry.encrypted_fields),
            )


def _retention(entry: PrivacyEntry) -> str:
    """What was promised, with the period this municipality chose."""
    if not entry.rule:
        return str(entry.retention)
    rule = rule_of(entry.rule)
    return f"{in_words(months_of(rule, at=clock.now()))} {rule.since}"


def _kept_by(entry: PrivacyEntry) -> str:
    """How the promise comes true; says so openly where nothing does yet."""
    if not entry.retention:
        return ""
    if entry.kept_by == KEPT_BY_CHANGE:
        return _("von Hand")
    if entry.kept_by == KEPT_WITH_OWNER:
        return _("zusammen mit dem, wozu es gehört")
    return _("von selbst") if entry.kept_by else _("wird noch nicht von selbst gelöscht")
