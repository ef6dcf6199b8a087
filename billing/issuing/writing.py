# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes one document: XML, the official rules over it, PDF, hashes. Nothing is kept here; that is `issuing`'s part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from billing.issuing.draft import Draft, is_invoice
from billing.issuing.invoices import cii, ubl
from billing.issuing.paper.letters import letter
from billing.issuing.rules.checking import RELEASE, Finding, Syntax, findings
from verbund.kernel.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is sent and kept. ``remarks`` are rules that were not kept but do not forbid it (warnings)."""

    pdf: bytes
    xml: bytes | None = None
    rules: str = ""
    remarks: tuple[Finding, ...] = ()

    @property
    def pdf_sha256(self) -> str:
        return sha256(self.pdf).hexdigest()

    @property
    def xml_sha256(self) -> str:
        return sha256(self.xml).hexdigest() if self.xml is not None else ""


class RulesBroken(Invalid):
    """An invoice that the official rules forbid; ``findings`` says which."""

    code = "rules_broken"

    def __init__(self, draft: Draft, broken: tuple[Finding, ...]) -> None:
        self.findings = broken
        named = {"name": draft.buyer.name, "rules": "; ".join(f"{item.rule}: {item.text}" for item in broken)}
        sentence = _("Die XRechnung für %(name)s hält die Prüfregeln nicht ein: %(rules)s") % named
        super().__init__(sentence, fields={"document": sentence})


def write(draft: Draft, *, at: datetime, seal: str = "") -> Written:
    """The bytes of a numbered document, or of a preview without one.

    Both syntaxes are checked: the UBL that is sent and the CII within the PDF.

    Raises:
        RulesBroken: a rule forbids the invoice.
        DocumentFailed: the PDF could not be made.
    """
    if not is_invoice(draft.kind):
        return Written(pdf=letter(draft, at=at, seal=seal))
    # The rules want a number; a preview shows what they say about one that will come.
    checked = draft if draft.number else draft.numbered("VORSCHAU")
    xml, inner = ubl.write(checked), cii.write(checked)
    found = (*findings(xml, Syntax.UBL), *findings(inner, Syntax.CII))
    broken = tuple(item for item in found if item.is_fatal)
    if broken:
        raise RulesBroken(draft, broken)
    return Written(
        pdf=letter(draft, at=at, cii=inner if draft.number else None, seal=seal),
        xml=xml,
        rules=RELEASE,
        remarks=found,
    )
