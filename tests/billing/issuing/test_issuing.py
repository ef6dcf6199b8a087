# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents of an approved month: one for each regime, numbers without gaps, nothing half-written, taken back and replaced."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from billing.closing.models import BillingPeriod, StatementLine
from billing.closing.states import State
from billing.collection.mandates import enter_mandate, set_creditor
from billing.issuing import keeping
from billing.issuing.cancelling import cancel_document
from billing.issuing.draft import Kind
from billing.issuing.issuing import issue_period, preview_period
from billing.issuing.models import Document, Issuer, NumberRange, Recipient
from billing.issuing.writing import write
from billing.receivables.models import Item
from tests.billing.issuing.reading import text_of
from tests.factories.accounts import make_person
from tests.factories.closing import AT, OCTOBER, TODAY, finance
from tests.factories.documents import approved_month, make_recipient
from tests.factories.drafts import IBAN
from verbund.accounts.api import actor_for
from verbund.audit.models import AuditEntry
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Conflict, DomainError, Forbidden, Invalid, NotFound


@pytest.fixture
def month(heideblick, luckau, in_association):
    return approved_month(heideblick, luckau)


def issue(**values):
    return issue_period(**{"period": OCTOBER, "by": finance(), "at": AT, "today": TODAY, **values})


def numbers():
    return sorted(Document.objects.values_list("number", flat=True))


def test_each_member_gets_one_document_for_each_regime(month):
    made = issue()

    assert made.failures == ()
    assert numbers() == [
        *(f"RE-2026-{number:05d}" for number in range(1, 7)),
        "UB-2026-00001",
        "UB-2026-00002",
    ]
    for tenant in month.members:
        kinds = Document.objects.filter(tenant=tenant).order_by("regime").values_list("regime", "kind")
        assert list(kinds) == [("CSG", "INVOICE"), ("LEVY", "NOTICE"), ("PUB", "INVOICE"), ("STD", "INVOICE")]
    assert BillingPeriod.objects.get(month=OCTOBER.first).state == State.ISSUED


def test_documents_add_up_to_the_statements_and_to_the_accounts(month):
    issue()

    lines = StatementLine.objects.filter(statement__run__period__month=OCTOBER.first)
    assert sum(row.net_cents for row in Document.objects.all()) == sum(line.net_cents for line in lines)
    for row in Document.objects.all():
        item = Item.objects.get(number=row.number)
        assert item.cents == row.gross_cents
        assert sum(line.tax_cents for line in item.lines.all()) == row.vat_cents
    taxed = Document.objects.filter(regime="STD").exclude(vat_cents=0)
    assert {row.vat_cents for row in taxed} == {round(row.net_cents * 0.19) for row in taxed}


def test_what_is_kept_is_what_was_sent(month):
    issue()

    for row in Document.objects.all():
        assert row.pdf_sha256 == sha256(row.pdf).hexdigest()
        assert (row.xml is None) == (row.kind == Kind.NOTICE)
        assert row.xml is None or row.xml_sha256 == sha256(row.xml).hexdigest()
        assert row.number in text_of(bytes(row.pdf))
        assert row.keep_until.year == (2036 if row.kind == Kind.NOTICE else 2034)
    notice = Document.objects.filter(kind=Kind.NOTICE).first()
    assert "Anteil am Schlüssel" in text_of(bytes(notice.pdf))


def test_a_member_with_a_mandate_is_debited_and_its_account_stands_in_the_document_alone(month):
    member = month.members[0]
    set_creditor(name="Verband", iban=IBAN, identifier="DE98ZZZ09999999999", by=SYSTEM, at=AT)
    enter_mandate(
        slug=member.slug,
        reference="MANDAT-1",
        scheme="CORE",
        signed_on=date(2026, 1, 5),
        holder=member.name,
        iban="DE89370400440532013000",
        by=SYSTEM,
        at=AT,
    )

    issue()

    for row in Document.objects.filter(tenant=member, kind=Kind.INVOICE):
        xml = bytes(row.xml)
        assert (b"DE89370400440532013000" in xml, b">59<" in xml) == (True, True)
        assert "DE89370400440532013000" not in json.dumps(row.content)
    assert not any(
        b">59<" in bytes(row.xml)
        for row in Document.objects.filter(tenant=month.members[1], kind=Kind.INVOICE)
    )


def test_a_member_without_leitweg_id_is_named_and_the_others_go_on(month):
    Recipient.objects.filter(tenant=month.members[0]).update(leitweg_id="")

    first = issue()

    assert [(failure.name, failure.regime) for failure in first.failures] == [
        (month.members[0].name, regime) for regime in ("PUB", "CSG", "STD")
    ]
    assert "Leitweg-ID" in first.failures[0].fields["leitweg_id"]
    # A notice needs none.
    assert [row.regime for row in Document.objects.filter(tenant=month.members[0])] == ["LEVY"]
    assert BillingPeriod.objects.get(month=OCTOBER.first).state == State.APPROVED

    make_recipient(month.members[0])
    second = issue()

    assert (second.already, len(second.documents), second.failures) == (5, 3, ())
    assert numbers()[-1] == "UB-2026-00002"
    assert numbers()[5] == "RE-2026-00006"


def test_a_document_that_fails_consumes_no_number(month, monkeypatch):
    calls = []

    def second_fails(draft, **values):
        calls.append(draft.number)
        if len(calls) == 2:
            raise Invalid("Das Papier ist aus.")
        return write(draft, **values)

    monkeypatch.setattr(keeping, "write", second_fails)
    made = issue()

    assert len(made.failures) == 1
    invoices = [number for number in numbers() if number.startswith("RE")]
    families = NumberRange.objects.values_list("family", "last")
    assert dict(families) == {"RE": len(invoices), "UB": len(numbers()) - len(invoices)}
    assert [int(number[-5:]) for number in invoices] == list(range(1, len(invoices) + 1))
    assert Item.objects.count() == Document.objects.count()


def test_issuing_again_changes_nothing(month):
    issue()
    before = numbers()

    again = issue()

    assert (again.documents, again.already, numbers()) == ((), 8, before)


def test_a_preview_writes_nothing_and_says_what_is_missing(month):
    Recipient.objects.filter(tenant=month.members[1]).delete()

    seen = preview_period(period=OCTOBER, by=finance(), at=AT, today=TODAY)

    assert len(seen.drafts) == 4
    assert {name for failure in seen.failures for name in failure.fields} == {"recipient"}
    assert (Document.objects.count(), NumberRange.objects.count()) == (0, 0)


def test_without_its_own_details_the_association_issues_nothing(month):
    Issuer.objects.all().delete()

    with pytest.raises(Invalid) as refused:
        issue()

    assert "issuer" in refused.value.fields


def test_only_whoever_may_issues_and_only_an_approved_month(month):
    with pytest.raises(Forbidden):
        issue(by=actor_for(make_person("auditor")))
    with pytest.raises(Forbidden):
        issue(by=SYSTEM)
    BillingPeriod.objects.filter(month=OCTOBER.first).update(
        state=State.CALCULATED, approved_by=None, approved_at=None
    )
    with pytest.raises(Conflict):
        issue()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE billing_issuing_document SET net_cents = 1",
        "DELETE FROM billing_issuing_document",
        "TRUNCATE billing_issuing_document CASCADE",
        "UPDATE billing_issuing_numberrange SET last = last - 1",
        "UPDATE billing_issuing_numberrange SET last = last + 2",
        "DELETE FROM billing_issuing_numberrange",
    ],
)
def test_the_database_lets_nobody_change_what_was_issued(month, statement):
    issue()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_invoice_is_taken_back_and_replaced_with_the_right_address(month):
    issue()
    wrong = Document.objects.filter(regime="STD").first()
    make_recipient(wrong.tenant, street="Neue Straße 9")

    done = cancel_document(
        number=wrong.number, reason="Anschrift", is_replaced=True, by=finance(), at=AT, today=TODAY
    )

    assert done.correction.kind == Kind.CORRECTION
    assert done.correction.gross_cents == -wrong.gross_cents
    assert wrong.number in text_of(bytes(done.correction.pdf))
    assert done.replacement.gross_cents == wrong.gross_cents
    assert "Neue Straße 9" in text_of(bytes(done.replacement.pdf))
    assert "Neue Straße 9" not in text_of(bytes(wrong.pdf))
    assert [done.correction.number, done.replacement.number] == ["RE-2026-00007", "RE-2026-00008"]
    assert Item.objects.get(number=wrong.number).reversed_by.number == done.correction.number
    assert AuditEntry.objects.filter(
        subject=f"billing.document:{done.correction.number}", reason="Anschrift"
    ).exists()


def test_a_notice_is_revoked_by_a_notice(month):
    issue()
    notice = Document.objects.filter(kind=Kind.NOTICE).first()

    done = cancel_document(
        number=notice.number, reason="falsch adressiert", is_replaced=False, by=finance(), at=AT, today=TODAY
    )

    assert (done.correction.kind, done.correction.number, done.replacement) == (
        Kind.REVOCATION,
        "UB-2026-00003",
        None,
    )


def test_nothing_is_taken_back_twice_or_without_a_reason(month):
    issue()
    number = Document.objects.filter(kind=Kind.INVOICE).first().number
    given = {"is_replaced": False, "by": finance(), "at": AT, "today": TODAY}
    with pytest.raises(Invalid):
        cancel_document(number=number, reason=" ", **given)
    done = cancel_document(number=number, reason="Irrtum", **given)

    for again in (number, done.correction.number):
        with pytest.raises(Conflict):
            cancel_document(number=again, reason="Irrtum", **given)
    with pytest.raises(NotFound):
        cancel_document(number="RE-1999-00001", reason="Irrtum", **given)


def test_a_replacement_that_fails_takes_nothing_back(month):
    issue()
    number = Document.objects.filter(regime="STD").first().number
    Recipient.objects.all().update(leitweg_id="")

    with pytest.raises(DomainError):
        cancel_document(number=number, reason="Irrtum", is_replaced=True, by=finance(), at=AT, today=TODAY)

    assert not Document.objects.exclude(cancels=None).exists()
