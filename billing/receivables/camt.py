# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statements as camt.053 (ISO 20022, versions 02 to 12): booked entries with the bank's own references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from lxml import etree

from billing.receivables.entry import MOST_CENTS, Entry, check_size, reference_of, refused

_NAMESPACE = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.\d\d\}Document")
_LONGEST, _SHOWN = 140, 40
# As the schema has it: no exponent, at most 18 digits, 5 of them behind the point.
_AMOUNT = re.compile(r"\+?\d{1,18}(\.\d{0,5})?", re.ASCII)


def parse(content: bytes) -> tuple[Entry, ...]:
    """Booked entries of all statements; what is only announced is left out. Nothing outside the file is read.

    Raises:
        Invalid: it is no camt.053, an amount is no euro, or the balances do not add up.
    """
    check_size(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise refused(
            "file", _("Die Datei ist kein gültiges XML (Zeile %(line)s).") % {"line": error.lineno}
        ) from error
    if not _NAMESPACE.fullmatch(str(root.tag)) or root.getroottree().docinfo.internalDTD is not None:
        raise refused("file", _("Die Datei ist kein Kontoauszug im Format camt.053."))
    return tuple(entry for statement in _all(root, "BkToCstmrStmt/Stmt") for entry in _entries(statement))


def _entries(statement: etree._Element) -> list[Entry]:
    account = _text(statement, "Acct/Id/IBAN") or _text(statement, "Acct/Id/Othr/Id")
    found: list[Entry] = []
    total = 0
    for entry in _all(statement, "Ntry"):
        if (_text(entry, "Sts/Cd") or _text(entry, "Sts")) != "BOOK":
            continue
        cents = _signed(entry, _cents(_one(entry, "Amt")))
        total += cents
        found += _transactions(entry, cents, account)
    _check_balance(statement, total)
    return found


def _transactions(entry: etree._Element, cents: int, account: str) -> Iterator[Entry]:
    booked = _day(entry)
    reference = _text(entry, "AcctSvcrRef") or _text(entry, "NtryRef")
    details = _all(entry, "NtryDtls/TxDtls")
    parts = [_part(entry, detail) for detail in details]
    if len(details) < 2 or None in parts or sum(part or 0 for part in parts) != cents:  # noqa: PLR2004 (several)
        details, parts = details[:1], [cents]
    for place, part in enumerate(parts):
        detail = details[place] if place < len(details) else entry
        payer, text = _payer(detail), _remittance(detail) or _text(entry, "AddtlNtryInf")
        own = reference or _text(detail, "Refs/AcctSvcrRef")
        suffix = f"/{place + 1}" if len(parts) > 1 else ""
        known = f"{account}/{own}{suffix}" if own else ""
        if not known or len(known) > _LONGEST:
            known = reference_of(account, own, booked, part, payer, text, place)
        yield Entry(reference=known, booked_on=booked, cents=part or 0, payer=payer, text=text)


def _part(entry: etree._Element, detail: etree._Element) -> int | None:
    amount = _one(detail, "Amt")
    if amount is None:
        amount = _one(detail, "AmtDtls/TxAmt/Amt")
    if amount is None:
        return None
    return _signed(detail if _text(detail, "CdtDbtInd") else entry, _cents(amount))


def _payer(detail: etree._Element) -> str:
    for party in ("Dbtr", "UltmtDbtr", "Cdtr"):
        name = _text(detail, f"RltdPties/{party}/Pty/Nm") or _text(detail, f"RltdPties/{party}/Nm")
        if name:
            return name
    return ""


def _remittance(detail: etree._Element) -> str:
    words = [node.text or "" for node in _all(detail, "RmtInf/Ustrd")]
    words += [node.text or "" for node in _all(detail, "RmtInf/Strd/CdtrRefInf/Ref")]
    own = _text(detail, "Refs/EndToEndId")
    return " ".join([*words, *([own] if own and own != "NOTPROVIDED" else [])]).strip()


def _check_balance(statement: etree._Element, total: int) -> None:
    balances = {
        _text(node, "Tp/CdOrPrtry/Cd"): _signed(node, _cents(_one(node, "Amt")))
        for node in _all(statement, "Bal")
    }
    if {"OPBD", "CLBD"} <= balances.keys() and balances["OPBD"] + total != balances["CLBD"]:
        raise refused(
            "file",
            _(
                "Anfangsbestand, Umsätze und Endbestand des Auszugs ergeben sich nicht auseinander. Holen Sie die Datei noch einmal bei der Bank."
            ),
        )


def _cents(amount: etree._Element | None) -> int:
    text = ((amount.text or "") if amount is not None else "").strip()
    if amount is None or amount.get("Ccy") != "EUR":
        raise refused("file", _("Der Auszug enthält einen Betrag, der nicht auf Euro lautet."))
    cents = Decimal(text).scaleb(2) if _AMOUNT.fullmatch(text) else None
    if cents is None or cents != cents.to_integral_value() or cents > MOST_CENTS:
        raise refused("file", _("„%(text)s“ ist kein Betrag.") % {"text": text[:_SHOWN]})
    return int(cents)


def _signed(node: etree._Element, cents: int) -> int:
    return cents if _text(node, "CdtDbtInd") == "CRDT" else -cents


def _day(entry: etree._Element) -> date:
    text = _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm")
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise refused("file", _("Einem Umsatz fehlt der Buchungstag.")) from error


def _all(node: etree._Element, path: str) -> list[etree._Element]:
    return node.findall("/".join(f"{{*}}{name}" for name in path.split("/")))


def _one(node: etree._Element, path: str) -> etree._Element | None:
    return node.find("/".join(f"{{*}}{name}" for name in path.split("/")))


def _text(node: etree._Element, path: str) -> str:
    found = _one(node, path)
    return ((found.text or "") if found is not None else "").strip()
