# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Members' details as a table: one line each, found by its short name; all of it is taken, or nothing with every reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.issuing.details import RecipientDetails, change_recipient, check_recipient
from billing.issuing.models import InvoiceSyntax, Recipient
from billing.readable import readable
from tenants.models import Tenant
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid

LARGEST_BYTES = 1024 * 1024
_MOST_COMPLAINTS = 20
#: Heading of the column by field; the order is that of the template. The last one holds UBL or ZUGFeRD.
COLUMNS = {
    "slug": "Kürzel",
    "name": "Name",
    "street": "Straße",
    "postcode": "PLZ",
    "city": "Ort",
    "leitweg_id": "Leitweg-ID",
    "customer_number": "Kundennummer",
    "email": "E-Mail",
    "syntax": "E-Rechnung",
}
_NEEDED = ("slug", "name", "street", "postcode", "city", "customer_number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Members whose details changed, those that stay as they were, and members still without any."""

    changed: int
    same: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    tenant: Tenant
    details: RecipientDetails


@transaction.atomic
def take_recipients(*, content: bytes, is_dry_run: bool, by: Actor, at: datetime) -> Taken:
    """Read a table (UTF-8, columns apart by semicolons); a dry run checks and counts. The association must be entered.

    Raises:
        Forbidden: the actor may not.
        Invalid: the file or a line does not hold; the sentences name line and column, and nothing is taken.
    """
    lines = _parsed(content)
    before = {row.tenant_id: row for row in Recipient.objects.all()}
    changed = 0
    for line in lines:
        if _is_same(before.get(line.tenant.number), line.details):
            continue
        changed += 1
        if not is_dry_run:
            change_recipient(tenant=line.tenant, details=line.details, by=by, at=at)
    known = set(before) | {line.tenant.number for line in lines}
    missing = Tenant.objects.filter(origin="").exclude(number__in=known).values_list("name", flat=True)
    return Taken(changed=changed, same=len(lines) - changed, missing=tuple(missing))


@readable()
def _parsed(content: bytes) -> list[_Line]:
    if len(content) > LARGEST_BYTES:
        raise Invalid(_("Die Datei ist größer als ein Megabyte. Das ist keine Liste von Mitgliedern."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            _("Die Datei ist nicht als UTF-8 gespeichert. Speichern Sie sie als „CSV UTF-8“.")
        ) from error
    reader = csv.DictReader(io.StringIO(text), delimiter=";")
    headings = {heading.strip() for heading in reader.fieldnames or ()}
    lacking = [COLUMNS[field] for field in _NEEDED if COLUMNS[field] not in headings]
    if lacking:
        raise Invalid(
            _("In der ersten Zeile fehlen die Spalten: %(columns)s.") % {"columns": ", ".join(lacking)}
        )
    complaints: list[str] = []
    lines = list(_lines(reader, complaints))
    numbers = [line.details.customer_number for line in lines]
    complaints += [
        _("Zeile %(line)s: Die Kundennummer %(number)s steht zweimal in der Datei.")
        % {"line": line.number, "number": line.details.customer_number}
        for line in lines
        if numbers.count(line.details.customer_number) > 1
    ]
    if complaints:
        raise Invalid(" ".join(complaints[:_MOST_COMPLAINTS]), fields={"file": complaints[0]})
    return lines


def _lines(reader: csv.DictReader[str], complaints: list[str]) -> Iterator[_Line]:
    tenants = {tenant.slug: tenant for tenant in Tenant.objects.filter(origin="")}
    kept = dict(Recipient.objects.values_list("tenant_id", "syntax"))
    for number, row in enumerate(reader, start=2):
        values = {field: (row.get(heading) or "").strip() for field, heading in COLUMNS.items()}
        tenant = tenants.get(values.pop("slug"))
        if tenant is None:
            complaints.append(_("Zeile %(line)s: Das Kürzel gehört zu keinem Mitglied.") % {"line": number})
            continue
        # An older table has no such column; it says nothing about the form.
        values["syntax"] = values["syntax"].upper() or kept.get(tenant.pk, InvoiceSyntax.UBL)
        details = RecipientDetails(**values)
        wrong = check_recipient(details)
        complaints += [
            _("Zeile %(line)s, Spalte „%(column)s“: %(reason)s")
            % {"line": number, "column": COLUMNS[field], "reason": reason}
            for field, reason in wrong.items()
        ]
        if not wrong:
            yield _Line(number, tenant, details)


def _is_same(row: Recipient | None, details: RecipientDetails) -> bool:
    if row is None:
        return False
    return all(getattr(row, field) == value for field, value in asdict(details).items())
