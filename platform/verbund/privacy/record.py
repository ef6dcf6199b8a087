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
from verbund.kernel import clock, registry
from verbund.kernel.context import Municipality
from verbund.kernel.specs import KEPT_BY_CHANGE, KEPT_WITH_OWNER, AppScope, PrivacyEntry
from verbund.privacy.periods.counting import in_words, months_of, rule_of
from verbund.web.texts import day_text

_TEMPLATE: Final = Path(__file__).with_name("record.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is kept for one purpose, in words."""

    model: str
    purpose: str
    legal_basis: str
    retention: str
    kept_by: str
    is_encrypted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One package or module: what it keeps of people, and for what it keeps data of nobody."""

    slug: str
    label: str
    personal: tuple[Line, ...]
    others: tuple[Line, ...]


def chapters() -> list[Chapter]:
    """Everything that stands in a municipality's own tables; packages without tables there are left out."""
    found = []
    for spec in registry.all_specs():
        entries = [entry for entry in spec.privacy if _stands_in_municipality(entry)]
        if entries:
            chapter = Chapter(
                slug=spec.slug,
                label=str(spec.label),
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
            "day": day_text(at),
            "chapters": [_as_values(chapter) for chapter in chapters() if chapter.personal],
        },
        at=at,
    )


def _as_values(chapter: Chapter) -> dict[str, object]:
    lines = [
        {"purpose": line.purpose, "basis": line.legal_basis or "–", "kept": _kept(line)}
        for line in chapter.personal
    ]
    return {"label": chapter.label, "lines": lines}


def _kept(line: Line) -> str:
    parts = [line.retention or "–", line.kept_by, _("verschlüsselt") if line.is_encrypted else ""]
    return "; ".join(part for part in parts if part)


def _stands_in_municipality(entry: PrivacyEntry) -> bool:
    config = apps.get_app_config(entry.model.partition(".")[0])
    names = registry.apps(AppScope.MUNICIPALITY, AppScope.BOTH)
    known = {config.name, f"{config.__module__}.{type(config).__name__}"}
    return not known.isdisjoint(names)


def _lines(entries: list[PrivacyEntry], *, is_personal: bool) -> Iterator[Line]:
    for entry in entries:
        if entry.personal is is_personal:
            yield Line(
                model=entry.model,
                purpose=str(entry.purpose),
                legal_basis=str(entry.legal_basis),
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
