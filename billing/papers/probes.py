# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about documents in the proof of isolation; months, details and documents are taken back with the rehearsal."""

from __future__ import annotations

from typing import Any

from billing.board.probes import month_in
from billing.closing.models import BillingPeriod, Statement
from billing.closing.periods import month_of
from billing.closing.states import State
from billing.issuing.composing import Explained, compose
from billing.issuing.draft import Regime
from billing.issuing.keeping import Place, keep
from billing.issuing.models import Document, Issuer, IssueRun, Recipient
from billing.issuing.parties import Parties
from billing.issuing.running import request_issue
from tenants.models import Tenant
from verbund.accounts.api import actor_for
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.probes import Ask, Probe, Rehearsed, Stage

_ROLE, _ISSUED, _OWN = "finance", "/finanzen/belege/", "/verwaltung/nutzung/dokumente/"


def newest_member() -> Tenant:
    """One of the municipalities made for the proof."""
    return Tenant.objects.filter(state="ACTIVE").order_by("-number")[0]


def billable_month(state: State = State.APPROVED, *, tenant: Tenant | None = None) -> BillingPeriod:
    """A month whose documents can be issued: the association and a member (the newest) are known to the letters."""
    row = month_in(state)
    at, address = clock.now(), {"street": "Nachweis 1", "postcode": "15926", "city": "Nachweis"}
    Issuer.objects.get_or_create(
        pk=1,
        defaults={
            **address, "name": "Nachweis", "identifier": "N", "contact": "N", "phone": "0", "email": "n@verbund.example",
            "iban": "DE89370400440532013000", "tax_number": "1", "statute": "§ 1", "remedy": "Widerspruch", "changed_at": at,
        },
    )  # fmt: skip
    tenant = tenant or newest_member()
    Recipient.objects.get_or_create(
        tenant=tenant,
        defaults={**address, "name": tenant.name, "customer_number": f"N{tenant.number}", "changed_at": at},
    )
    return row


def address_of(row: BillingPeriod) -> str:
    return f"/finanzen/{row.name}/dokumente/"


def _asked(verb: str, **more: Any) -> Probe:
    def ask(_stage: Stage) -> Ask:
        return Ask(path=f"{address_of(billable_month())}{verb}", role=_ROLE, **more)

    return Rehearsed(ask)


def _draft(_stage: Stage) -> Ask:
    row = billable_month()
    return Ask(path=f"{address_of(row)}entwurf/{newest_member().slug}/LEVY/", role=_ROLE)


def _run(stage: Stage) -> tuple[BillingPeriod, IssueRun]:
    row = billable_month()
    by = actor_for(stage.person(_ROLE))
    return row, request_issue(period=month_of(row), by=by, at=clock.now())


def issued_document(tenant: Tenant | None = None) -> Document:
    """A notice of the member (the newest), issued."""
    tenant = tenant or newest_member()
    row, at, today = billable_month(tenant=tenant), clock.now(), clock.today()
    statement = Statement.objects.select_related("tenant", "run__period").get(run__period=row, tenant=tenant)
    draft = compose(
        statement,
        Regime.LEVY,
        list(
            statement.lines.select_related("service", "cost_centre", "key_version", "price_version", "origin")
        ),
        parties=Parties(),
        explained=Explained(statement.run),
        today=today,
    )
    return keep(draft, Place(statement=statement), person=1, by=SYSTEM, at=at)


def _of_document(verb: str, **more: Any) -> Probe:
    def ask(_stage: Stage) -> Ask:
        return Ask(path=f"{_ISSUED}{issued_document().number}/{verb}", role=_ROLE, **more)

    return Rehearsed(ask)


def _bundle(_stage: Stage) -> Ask:
    return Ask(path=f"{_ISSUED}archiv/{issued_document().period.name}/", role=_ROLE)


def _own_file(_stage: Stage) -> Ask:
    """The entered municipality's own notice."""
    number = context.current_municipality().number
    with context.enter_association():
        row = issued_document(Tenant.objects.get(number=number))
    return Ask(path=f"{_OWN}{row.number}/pdf/", role="treasurer")


def _watched(verb: str) -> Probe:
    def ask(stage: Stage) -> Ask:
        row, run = _run(stage)
        return Ask(path=f"{address_of(row)}vorgang/{run.pk}/{verb}", role=_ROLE)

    return Rehearsed(ask)


PAPERS: dict[str, Probe] = {
    "GET billing-staff:documents": lambda _stage: Ask(path=_OWN, role="treasurer"),
    "GET billing-staff:document-file": Rehearsed(_own_file),
    "GET billing-association:issue-preview": _asked(""),
    "GET billing-association:preview-document": Rehearsed(_draft),
    "GET billing-association:issue": _asked("ausstellen/"),
    "POST billing-association:issue": _asked("ausstellen/"),
    "POST billing-association:issue-rehearse": _asked("probe/"),
    "GET billing-association:documents": lambda _stage: Ask(path=_ISSUED, role=_ROLE),
    "GET billing-association:documents-list": lambda _stage: Ask(path=f"{_ISSUED}liste/", role=_ROLE),
    "GET billing-association:documents-bundle": Rehearsed(_bundle),
    "GET billing-association:document": _of_document(""),
    "GET billing-association:document-file": _of_document("datei/pdf/"),
    "GET billing-association:document-cancel": _of_document("aufheben/"),
    "POST billing-association:document-cancel": _of_document("aufheben/", data={"reason": "Nachweis"}),
    "GET billing-association:issue-run": _watched(""),
    "GET billing-association:issue-run-fragment": _watched("stand/"),
}
