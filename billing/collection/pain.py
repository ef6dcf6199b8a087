# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file of SEPA direct debits, pain.008.001.08, checked against the schema of ISO 20022; without Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import sepaxml
from lxml import etree

from verbund.kernel.clock import BERLIN

_SCHEMA: Final = "pain.008.001.08"
_NAMESPACE: Final = f"{{urn:iso:std:iso:20022:tech:xsd:{_SCHEMA}}}"
# The characters banks take for granted; umlauts are spelt out before sepaxml drops the rest.
_SPELT: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "&": "+"}
)


class NotSepa(Exception):
    """What the schema does not take, in the words of the checker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """Who collects, under which scheme (CORE or B2B)."""

    name: str
    iban: str
    identifier: str
    scheme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Debit:
    """One document to collect. ``sequence`` is FRST or RCUR; ``number`` is also the end-to-end reference."""

    number: str
    cents: int
    holder: str
    iban: str
    mandate: str
    signed_on: date
    sequence: str
    text: str


def written(
    debits: Sequence[Debit], *, collector: Collector, collect_on: date, message_id: str, at: datetime
) -> bytes:
    """The file; equal input gives equal bytes.

    Raises:
        NotSepa: a value does not go with the schema.
    """
    config = {
        "name": collector.name.translate(_SPELT),
        "IBAN": collector.iban,
        "batch": True,
        "creditor_id": collector.identifier,
        "currency": "EUR",
        "instrument": collector.scheme,
    }
    sepa = sepaxml.SepaDD(config, schema=_SCHEMA, clean=True)
    for debit in debits:
        sepa.add_payment(
            {
                "name": debit.holder.translate(_SPELT),
                "IBAN": debit.iban,
                "amount": debit.cents,
                "type": debit.sequence,
                "collection_date": collect_on,
                "mandate_id": debit.mandate,
                "mandate_date": debit.signed_on,
                "description": debit.text.translate(_SPELT),
                "endtoend_id": debit.number[:35],
            }
        )
    return _named(sepa.export(validate=False), message_id, at)


def _named(content: bytes, message_id: str, at: datetime) -> bytes:
    """With our own identifiers instead of random ones, and checked."""
    root = etree.fromstring(content)
    for name, text in (
        ("MsgId", message_id),
        ("CreDtTm", f"{at.astimezone(BERLIN):%Y-%m-%dT%H:%M:%S}"),
    ):
        for node in root.iter(f"{_NAMESPACE}{name}"):
            node.text = text
    for place, node in enumerate(root.iter(f"{_NAMESPACE}PmtInfId"), start=1):
        node.text = f"{message_id}-{place}"[-35:]
    schema = _schema()
    if not schema.validate(root):
        raise NotSepa(str(schema.error_log))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


@lru_cache(maxsize=1)
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(sepaxml.__file__).parent / "schemas" / f"{_SCHEMA}.xsd"))
