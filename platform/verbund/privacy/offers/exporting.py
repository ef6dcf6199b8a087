# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""An offer as one file for the archive: a list, every record as PDF/A and as JSON, its pictures, and hash sums."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final

from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.documents.pdf import render
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import NotFound
from verbund.kernel.language import official_language
from verbund.kernel.ports import Exhibit
from verbund.privacy.offers.models import Choice, Offer, OfferedRecord
from verbund.privacy.offers.offering import exhibit_of
from verbund.privacy.periods.counting import keeping_of, rule_of
from verbund.web.texts import day_text

_TEMPLATE: Final = Path(__file__).with_name("offer.typ")
# What a spreadsheet would take for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def export(*, number: int, by: Actor, at: datetime) -> IO[bytes]:
    """A ZIP file, open at its beginning, of what is still here of an offer. The reading is recorded.

    Raises:
        NotFound: there is no such offer.
    """
    offer = Offer.objects.filter(number=number).first()
    if offer is None:
        raise NotFound
    rule = rule_of(offer.slug)
    records = {record.key: record for record in offer.records.all()}
    rows = keeping_of(rule).over(offer.offered_at).filter(key__in=list(records))
    exhibits = [(records[row.key], exhibit_of(rule, row)) for row in rows]
    audit.record_read(
        action="privacy.offer.exported",
        subject=f"privacy.offer:{offer.pk}",
        by=by,
        at=at,
        fields=("records",),
    )
    target = TemporaryFile()  # noqa: SIM115 (handed to the caller, who sends it)
    sums = []
    with official_language(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(offer, exhibits, str(rule.label), at=at):
            archive.writestr(name, content)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        archive.writestr("sha256sums.txt", "".join(sums))
    target.seek(0)
    return target


def _files(
    offer: Offer, exhibits: list[tuple[OfferedRecord, Exhibit]], label: str, *, at: datetime
) -> Iterator[tuple[str, bytes]]:
    yield "liste.csv", _list(exhibits)
    yield "anbietung.pdf", _pdf(offer, exhibits, label, at=at)
    for record, exhibit in exhibits:
        yield f"{record.key}/angaben.json", _json(record, exhibit)
        for name, content in exhibit.files():
            yield f"{record.key}/{name}", content


def _list(exhibits: list[tuple[OfferedRecord, Exhibit]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Nummer"), _("Betreff"), _("Abgeschlossen"), _("Entscheidung")])
    for record, _exhibit in exhibits:
        cells = [record.key, record.subject, day_text(record.closed_at), str(Choice(record.choice).label)]
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _json(record: OfferedRecord, exhibit: Exhibit) -> bytes:
    content: dict[str, Any] = {
        "number": record.key,
        "subject": record.subject,
        "closed_at": record.closed_at.isoformat(),
        "fields": [{"label": str(label), "text": text} for label, text in exhibit.fields],
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _pdf(offer: Offer, exhibits: list[tuple[OfferedRecord, Exhibit]], label: str, *, at: datetime) -> bytes:
    municipality = context.current_municipality()
    values = {
        "kind": label,
        "offered": day_text(offer.offered_at),
        "answer_by": day_text(offer.answer_by),
        "records": [
            {
                "title": f"{record.key}: {record.subject}",
                "closed": day_text(record.closed_at),
                "fields": [[str(name), text] for name, text in exhibit.fields if text],
            }
            for record, exhibit in exhibits
        ],
    }
    return render(_TEMPLATE, title=offer.reference, issuer=municipality.display_name, values=values, at=at)
