# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds issued documents: by month, member, kind, standing and number, with sums, and as a list. The association must be entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Sum, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.issuing.models import Document
from verbund.documents.listings.listing import Column, Kind, Listing
from verbund.kernel.errors import NotFound
from verbund.kernel.texts import LazyText

# Files and contents are large, and lists show neither.
_LEFT_OUT = ("pdf", "xml", "content", "remarks")


class Standing(StrEnum):
    """What became of a document; what takes another back counts as issued."""

    ISSUED = "issued"
    CANCELLED = "cancelled"
    REPLACED = "replaced"


STANDING_LABELS: dict[Standing, LazyText] = {
    Standing.ISSUED: gettext_lazy("ausgestellt"),
    Standing.CANCELLED: gettext_lazy("aufgehoben"),
    Standing.REPLACED: gettext_lazy("ersetzt"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for; empty is everything. ``number`` is a part of one."""

    month: date | None = None
    tenant: str = ""
    kind: str = ""
    standing: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    count: int
    net_cents: int
    vat_cents: int

    @property
    def gross_cents(self) -> int:
        return self.net_cents + self.vat_cents


def find_documents(wanted: Wanted = Wanted()) -> QuerySet[Any]:
    """Documents with their ``standing``, the newest first, without files and contents."""
    rows = documents_with_standing().select_related("tenant", "period").defer(*_LEFT_OUT)
    given: dict[str, Any] = {
        "period__month": wanted.month,
        "tenant__slug": wanted.tenant,
        "kind": wanted.kind,
        "standing": wanted.standing,
        "number__icontains": wanted.number.strip(),
    }
    return rows.filter(**{name: value for name, value in given.items() if value})


def documents_with_standing() -> QuerySet[Any]:
    """Every document with its ``standing``."""
    later = Document.objects.filter(replaces=OuterRef("pk"))
    back = Document.objects.filter(cancels=OuterRef("pk"))
    return Document.objects.annotate(
        standing=Case(
            When(Exists(later), then=Value(Standing.REPLACED.value)),
            When(Exists(back), then=Value(Standing.CANCELLED.value)),
            default=Value(Standing.ISSUED.value),
        )
    )


def sums_of(rows: QuerySet[Any]) -> Sums:
    """What was found together; a document and what takes it back come to nothing."""
    found = rows.order_by().aggregate(
        count=Count("pk"), net_cents=Sum("net_cents", default=0), vat_cents=Sum("vat_cents", default=0)
    )
    return Sums(**found)


def get_document(number: str) -> Any:
    """One document with its standing, files and contents.

    Raises:
        NotFound: there is none of that number.
    """
    row = (
        documents_with_standing()
        .select_related("tenant", "period", "cancels", "replaces", "cancelled_by", "replaced_by")
        .filter(number=number)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def months_with_documents() -> list[date]:
    """Months something was issued for, the newest first."""
    months = Document.objects.order_by("-period__month").values_list("period__month", flat=True)
    return list(months.distinct())


def documents_listing(wanted: Wanted) -> Listing:
    """What was found as a list to take along."""
    return Listing(
        title=_("Belege"),
        columns=(
            Column(key="number", title=_("Nummer")),
            Column(key="kind", title=_("Art")),
            Column(key="regime", title=_("Steuerart")),
            Column(key="tenant", title=_("Kürzel")),
            Column(key="name", title=_("Kommune")),
            Column(key="month", title=_("Monat")),
            Column(key="issued_on", title=_("Vom"), kind=Kind.DAY),
            Column(key="due_on", title=_("Fällig am"), kind=Kind.DAY),
            Column(key="net_cents", title=_("Netto"), kind=Kind.EURO),
            Column(key="vat_cents", title=_("Umsatzsteuer"), kind=Kind.EURO),
            Column(key="gross_cents", title=_("Betrag"), kind=Kind.EURO),
            Column(key="standing", title=_("Stand")),
            Column(key="cancels", title=_("Hebt auf")),
            Column(key="replaces", title=_("Ersetzt")),
            Column(key="pdf_sha256", title=_("Prüfsumme PDF")),
            Column(key="xml_sha256", title=_("Prüfsumme XML")),
        ),
        rows=[
            (
                row.number,
                row.kind_label,
                row.get_regime_display(),
                row.tenant.slug,
                row.tenant.name,
                row.period.name,
                row.issued_on,
                row.due_on,
                row.net_cents,
                row.vat_cents,
                row.gross_cents,
                str(STANDING_LABELS[Standing(row.standing)]),
                row.cancels.number if row.cancels else "",
                row.replaces.number if row.replaces else "",
                row.pdf_sha256,
                row.xml_sha256,
            )
            for row in find_documents(wanted).select_related("tenant", "period", "cancels", "replaces")
        ],
    )
