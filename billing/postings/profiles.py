# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Export profiles: the shipped ones, those that were changed, and what a profile's definition means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.postings.datev import Head
from billing.postings.mapping import FileMapping, MappedColumn, complaints
from billing.postings.models import Profile
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid, NotFound
from verbund.kernel.msgids import gettext_noop
from verbund.kernel.texts import LazyText

DATEV, TABLE = "datev", "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """``form`` is DATEV (with consultant, client and the like) or TABLE (with columns); ``first_month`` begins the fiscal year."""

    form: str
    mapping: FileMapping | None = None
    consultant: str = ""
    client: str = ""
    account_length: int = 4
    chart: str = ""
    first_month: int = 1
    is_final: bool = False

    def head(self, day: date, exported_by: str) -> Head:
        """What DATEV's first line says of a file with documents of that day's month."""
        year = day.year if day.month >= self.first_month else day.year - 1
        return Head(
            consultant=self.consultant,
            client=self.client,
            fiscal_year_starts=date(year, self.first_month, 1),
            account_length=self.account_length,
            chart=self.chart,
            is_final=self.is_final,
            exported_by=exported_by,
            title=f"Verbund {day:%Y-%m}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedProfile:
    slug: str
    title: str
    definition: Definition


def _columns(*rows: tuple[str, str, str]) -> FileMapping:
    return FileMapping(
        columns=tuple(MappedColumn(title=title, source=source, format=form) for title, source, form in rows)
    )


SHIPPED: Final[Mapping[str, tuple[LazyText, Definition]]] = {
    "datev-extf": (gettext_lazy("DATEV Buchungsstapel (EXTF 700, Version 13)"), Definition(form=DATEV)),
    "hkr-csv": (
        gettext_lazy("HKR, allgemeine CSV-Datei"),
        Definition(
            form=TABLE,
            mapping=_columns(
                ("Belegnummer", "number", "36"),
                ("Belegart", "kind", ""),
                ("Belegdatum", "issued_on", "dd.mm.yyyy"),
                ("Fälligkeit", "due_on", "dd.mm.yyyy"),
                ("Personenkonto", "account", ""),
                ("Sachkonto", "contra_account", ""),
                ("Produkt", "product", ""),
                ("Kostenstelle", "cost_centre", ""),
                ("Kostenträger", "member", ""),
                ("Betrag", "cents", "absolute_comma"),
                ("S/H", "debit_credit", ""),
                ("Netto", "net_cents", "signed_comma"),
                ("Steuer", "tax_cents", "signed_comma"),
                ("Steuerschlüssel", "tax_key", ""),
                ("Buchungstext", "text", "60"),
                ("Kassenzeichen", "reference", "35"),
                ("Zeitraum", "period", ""),
                ("Storno zu", "reverses", "36"),
                ("Mandatsreferenz", "mandate", "35"),
            ),
        ),
    ),
}


def profiles() -> list[NamedProfile]:
    """The shipped ones first, each as it was last changed. The association must be entered."""
    rows = {row.slug: row for row in Profile.objects.all()}
    shipped = [_named(slug, rows.pop(slug, None)) for slug in SHIPPED]
    return [*shipped, *(_named(slug, row) for slug, row in rows.items())]


def profile_of(slug: str) -> NamedProfile:
    """One profile.

    Raises:
        NotFound: there is none; the message names those there are.
    """
    row = Profile.objects.filter(slug=slug).first()
    if row is None and slug not in SHIPPED:
        raise NotFound(
            _("Das Profil „%(slug)s“ gibt es nicht. Es gibt: %(known)s.")
            % {"slug": slug, "known": ", ".join(profile.slug for profile in profiles())}
        )
    return _named(slug, row)


@transaction.atomic
def save_profile(*, slug: str, title: str, definition: Definition, by: Actor, at: datetime) -> NamedProfile:
    """Keep a new or changed profile; files that were handed out stay as they are. The association must be entered.

    Raises:
        Invalid: a field does not hold; keys of ``fields`` as in `mapping.complaints`.
    """
    check_profile(title=title, definition=definition)
    row, is_new = Profile.objects.update_or_create(
        slug=slug, defaults={"title": title.strip(), "definition": asdict(definition), "changed_at": at}
    )
    audit.record(
        action="billing.profile.saved",
        subject=f"billing.profile:{row.pk}",
        by=by,
        changes={"slug": slug, "is_new": is_new, "definition": asdict(definition)},
        at=at,
    )
    return _named(slug, row)


def check_profile(*, title: str, definition: Definition) -> None:
    """Whether a profile holds; nothing is written.

    Raises:
        Invalid: a field does not hold; keys of ``fields`` as in `mapping.complaints`.
    """
    wrong = {field: _(sentence) for field, sentence in _complaints(title, definition).items()}
    if wrong:
        raise Invalid(" ".join(dict.fromkeys(wrong.values())), fields=wrong)


def _complaints(title: str, definition: Definition) -> dict[str, str]:
    found: dict[str, str] = {}
    if not title.strip():
        found["title"] = gettext_noop("Geben Sie dem Profil einen Namen.")
    if definition.form == TABLE and definition.mapping is not None:
        found |= complaints(definition.mapping)
    return found


def _named(slug: str, row: Profile | None) -> NamedProfile:
    if row is None:
        title, definition = SHIPPED[slug]
        return NamedProfile(slug=slug, title=str(title), definition=definition)
    return NamedProfile(slug=slug, title=row.title, definition=_read(row.definition))


def _read(kept: Mapping[str, Any]) -> Definition:
    mapping = kept.get("mapping")
    return Definition(
        **{
            **kept,
            "mapping": mapping
            and FileMapping(
                **{**mapping, "columns": tuple(MappedColumn(**column) for column in mapping["columns"])}
            ),
        }
    )
