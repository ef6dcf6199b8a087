# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs the official rules (CEN for EN 16931, KoSIT for XRechnung 3.0.2) over an invoice, with Saxon and without a network.

Compiling the four sheets takes seconds, so it is done once for each process and only for the syntax that is asked for.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import Lock

from lxml import etree
from saxonche import PySaxonProcessor, PyXsltExecutable

#: What the documents say they were checked by.
RELEASE = "KoSIT XRechnung 3.0.2 (Schematron 2.6.0), CEN EN 16931"
_SHEETS = Path(__file__).with_name("xslt")
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_FATAL = ("fatal", "error", "")
# Everything of Saxon in this process, and what a forked one got from its parent.
_KEPT: list[object] = []
_LEFT_BEHIND: list[object] = []
# Saxon's objects belong to one thread at a time.
_ONE_AT_A_TIME = Lock()
#: Ours, not one of the official rules.
NOT_LOOKED_AT = "VERBUND-1"


class Syntax(StrEnum):
    """The two ways to write an invoice of EN 16931."""

    UBL = "UBL"
    CII = "CII"


_ROOTS = {
    Syntax.UBL: (
        "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice",
        "{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote",
    ),
    Syntax.CII: ("{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule that an invoice does not keep; ``level`` is fatal, warning or information."""

    rule: str
    level: str
    text: str

    @property
    def is_fatal(self) -> bool:
        return self.level in _FATAL


def findings(xml: bytes, syntax: Syntax) -> tuple[Finding, ...]:
    """Everything both rule sets say against the invoice, fatal first.

    The rules say nothing against what they do not know, so a document that is no invoice of that syntax is fatal too.
    """
    found: list[Finding] = []
    root = etree.fromstring(xml).tag
    if root not in _ROOTS[syntax]:
        found.append(
            Finding(rule=NOT_LOOKED_AT, level="fatal", text=f"{root} ist keine Rechnung in {syntax}.")
        )
    with _ONE_AT_A_TIME:
        processor = _processor()
        node = processor.parse_xml(xml_text=xml.decode("utf-8"))
        for sheet in _compiled(syntax):
            report = etree.fromstring(sheet.transform_to_string(xdm_node=node).encode())
            found.extend(_finding(element) for element in report.iter(f"{_SVRL}failed-assert"))
    return tuple(sorted(set(found), key=lambda item: (not item.is_fatal, item.level, item.rule, item.text)))


def warm_up(syntax: Syntax) -> None:
    """Compile the sheets now and not with the first document."""
    with _ONE_AT_A_TIME:
        _compiled(syntax)


@cache
def _processor() -> PySaxonProcessor:
    made = PySaxonProcessor(license=False)
    _KEPT.append(made)
    return made


@cache
def _compiled(syntax: Syntax) -> tuple[PyXsltExecutable, ...]:
    compiler = _processor().new_xslt30_processor()
    names = (f"EN16931-{syntax}-validation.xsl", f"XRechnung-{syntax}-validation.xsl")
    made = tuple(compiler.compile_stylesheet(stylesheet_file=str(_SHEETS / name)) for name in names)
    _KEPT.extend((compiler, *made))
    return made


def _finding(element: etree._Element) -> Finding:
    texts = element.iter(f"{_SVRL}text")
    return Finding(
        rule=element.get("id", ""),
        level=element.get("flag", ""),
        text=" ".join(" ".join("".join(str(part) for part in text.itertext()).split()) for text in texts),
    )


def _forget() -> None:
    """In a forked process, where the thread that may have held the lock is not."""
    global _ONE_AT_A_TIME  # noqa: PLW0603  there is one for each process
    _ONE_AT_A_TIME = Lock()
    # Never freed in here: Saxon's machine is the parent's, and taking it down ends a child that only wants to exec.
    _LEFT_BEHIND.extend(_KEPT)
    _KEPT.clear()
    _processor.cache_clear()
    _compiled.cache_clear()


os.register_at_fork(after_in_child=_forget)
