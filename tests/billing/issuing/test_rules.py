# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The official rules as shipped: they are the ones we say, accept KoSIT's own documents, and never pass what they do not know."""

from __future__ import annotations

import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from billing.issuing.rules import checking
from billing.issuing.rules.checking import NOT_LOOKED_AT, Syntax, findings

RULES = Path(checking.__file__).parent
DATA = Path(__file__).with_name("data")
EXAMPLES = sorted(DATA.glob("*.xml"))
OUTSIDE_VAT = DATA / "01.05_minimal_test_ubl.xml"
PATIENCE_S = 120


def syntax_of(path: Path) -> Syntax:
    return Syntax.CII if "uncefact" in path.name else Syntax.UBL


def fatal(document: bytes, syntax: Syntax) -> list[str]:
    return [finding.rule for finding in findings(document, syntax) if finding.is_fatal]


def test_the_rules_are_the_ones_we_say():
    said = dict(re.findall(r"\| `(\S+\.xsl)` .* `([0-9a-f]{64})` \|", (RULES / "README.md").read_text()))

    assert said == {file.name: sha256(file.read_bytes()).hexdigest() for file in RULES.glob("xslt/*.xsl")}
    assert len(said) == 4


def test_there_are_examples_of_both_syntaxes():
    assert {syntax_of(path) for path in EXAMPLES} == set(Syntax)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_documents_of_kosit_are_accepted(path):
    assert fatal(path.read_bytes(), syntax_of(path)) == []


@pytest.mark.parametrize(
    ("pattern", "rule"),
    [
        (rb"<cbc:BuyerReference>.*?</cbc:BuyerReference>", "BR-DE-15"),
        (rb"<cac:PaymentMeans>.*?</cac:PaymentMeans>", "BR-DE-1"),
        (rb"<cbc:TaxExemptionReasonCode>.*?</cbc:TaxExemptionReasonCode>", "BR-O-10"),
        (rb"<cac:PartyIdentification>.*?</cac:PartyIdentification>", "BR-CO-26"),
        (rb"<cbc:ProfileID>.*?</cbc:ProfileID>", "PEPPOL-EN16931-R001"),
    ],
)
def test_what_is_taken_out_is_missed(pattern, rule):
    document = OUTSIDE_VAT.read_bytes()

    without = re.sub(pattern, b"", document, count=1, flags=re.DOTALL)

    assert without != document
    assert rule in fatal(without, Syntax.UBL)


@pytest.mark.parametrize("syntax", Syntax)
def test_what_no_rule_looks_at_is_not_taken_for_right(syntax):
    assert NOT_LOOKED_AT in fatal(b"<letter xmlns='urn:none'>x</letter>", syntax)


def test_an_invoice_in_the_wrong_namespace_is_not_taken_for_right():
    document = OUTSIDE_VAT.read_bytes().replace(b"schema:xsd:Invoice-2", b"schema:xsd:Invoice-3")

    assert NOT_LOOKED_AT in fatal(document, Syntax.UBL)


def test_an_invoice_of_the_other_syntax_is_not_taken_for_right():
    document = (DATA / "01.06_minimal_test_uncefact.xml").read_bytes()

    assert NOT_LOOKED_AT in fatal(document, Syntax.UBL)
    assert fatal(document, Syntax.CII) == []


def test_threads_take_turns():
    document = OUTSIDE_VAT.read_bytes()

    with ThreadPoolExecutor(max_workers=3) as threads:
        found = set(threads.map(lambda _turn: findings(document, Syntax.UBL), range(6)))

    assert found == {findings(document, Syntax.UBL)}


def test_a_process_forked_while_rules_run_has_its_own():
    """As Celery's workers are; the thread that holds the parent's lock is not in the child."""
    document = OUTSIDE_VAT.read_bytes()
    findings(document, Syntax.UBL)

    with checking._ONE_AT_A_TIME:
        child = os.fork()
        if child == 0:
            wrong = 1
            try:
                wrong = len(fatal(document, Syntax.UBL))
            finally:
                os._exit(wrong)

    end = time.monotonic() + PATIENCE_S
    while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0) and time.monotonic() < end:
        time.sleep(0.1)
    if ended == (0, 0):
        os.kill(child, 9)
        ended = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(ended[1]) == 0
