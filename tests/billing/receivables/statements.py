# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bank statements as banks hand them out."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def entry(
    cents: int,
    text: str = "",
    *,
    reference: str = "",
    payer: str = "Stadt Luckau",
    status: str = "BOOK",
    day: date = date(2026, 12, 1),
    details: str = "",
) -> str:
    """A booked entry; ``details`` replaces the one transaction of it."""
    amount = f"{abs(cents) // 100}.{abs(cents) % 100:02d}"
    side = "CRDT" if cents >= 0 else "DBIT"
    known = f"<AcctSvcrRef>{reference}</AcctSvcrRef>" if reference else ""
    details = details or transaction(text, payer)
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts><Cd>{status}</Cd></Sts>'
        f"<BookgDt><Dt>{day.isoformat()}</Dt></BookgDt>{known}<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def transaction(text: str, payer: str = "Stadt Luckau", cents: int | None = None) -> str:
    amount = "" if cents is None else f'<Amt Ccy="EUR">{cents / 100:.2f}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
    return (
        f"<TxDtls>{amount}<RltdPties><Dbtr><Pty><Nm>{escape(payer)}</Nm></Pty></Dbtr></RltdPties>"
        f"<RmtInf><Ustrd>{escape(text)}</Ustrd></RmtInf></TxDtls>"
    )


def statement(*entries: str, balances: str = "", namespace: str = NAMESPACE) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{namespace}"><BkToCstmrStmt><Stmt>'
        f"<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>{balances}{''.join(entries)}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def balance(kind: str, amount: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>'
    )
