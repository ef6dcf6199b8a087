# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing service of documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from billing.closing.models import Statement
from billing.issuing import cancelling, details, issuing, keeping, recipients_file
from billing.issuing.composing import Explained, compose, parts
from billing.issuing.models import Document
from billing.issuing.parties import Parties
from tenants.models import Tenant
from tests.conformance.samples import Stage
from tests.factories.billing import population_file
from tests.factories.closing import AT, OCTOBER, TODAY, finance
from tests.factories.documents import ISSUER, approved_month, recipient_details


def members() -> Any:
    return Tenant.objects.filter(slug__in=["heideblick", "luckau"]).order_by("number")


def month(_stage: Stage) -> None:
    approved_month(*members())


def _issue(stage: Stage) -> Any:
    month(stage)
    return partial(issuing.issue_period, period=OCTOBER, by=finance(), at=AT, today=TODAY)


def _cancel(stage: Stage) -> Any:
    _issue(stage)()
    return partial(
        cancelling.cancel_document,
        number=Document.objects.all()[0].number,
        reason="Anschrift",
        is_replaced=False,
        by=finance(),
        at=AT,
        today=TODAY,
    )


def _keep(stage: Stage) -> Any:
    month(stage)
    statement = Statement.objects.all()[0]
    regime, lines = next(iter(parts(statement).items()))
    draft = compose(
        statement, regime, lines, parties=Parties(), explained=Explained(statement.run), today=TODAY
    )
    by = finance()
    return partial(keeping.keep, draft, keeping.Place(statement=statement), person=int(by.id), by=by, at=AT)


def _recipients(_stage: Stage) -> Any:
    rows = [";".join(recipients_file.COLUMNS.values()), "luckau;Luckau;Markt 1;15926;Luckau;;1;"]
    content = "\n".join(rows).encode()
    return partial(recipients_file.take_recipients, content=content, is_dry_run=False, by=finance(), at=AT)


_MEMBERS = "/finanzen/mitglieder/"


def _sent(path: str, data: Callable[[], dict[str, Any]]) -> Callable[[Stage], Any]:
    return lambda stage: stage.client(stage.person("finance")).post(f"{_MEMBERS}{path}", data())


def _member_values() -> dict[str, Any]:
    return asdict(recipient_details(members()[0]))


def _lines_values() -> dict[str, Any]:
    rows = [";".join(recipients_file.COLUMNS.values()), "luckau;Luckau;Markt 1;15926;Luckau;;1;"]
    return {"content": "\n".join(rows), "aktion": "einlesen"}


def _population_values() -> dict[str, Any]:
    return {
        "file": SimpleUploadedFile("einwohner.csv", population_file()),
        "reference_date": "31.12.2024",
        "census": "Zensus 2022",
        "source": "Statistikamt",
        "aktion": "einlesen",
    }


ROUTES = {
    "association billing-association:member": _sent("kommunen/heideblick/", _member_values),
    "association billing-association:issuer": _sent("absender/", lambda: asdict(ISSUER)),
    "association billing-association:members-read": _sent("einlesen/", _lines_values),
    "association billing-association:population": _sent("einwohner/", _population_values),
}
SERVICES = {
    "billing.issuing.details.change_issuer": lambda _stage: partial(
        details.change_issuer, details=ISSUER, by=finance(), at=AT
    ),
    "billing.issuing.details.change_recipient": lambda _stage: partial(
        details.change_recipient,
        tenant=members()[0],
        details=recipient_details(members()[0]),
        by=finance(),
        at=AT,
    ),
    "billing.issuing.recipients_file.take_recipients": _recipients,
    "billing.issuing.keeping.keep": _keep,
    "billing.issuing.issuing.issue_period": _issue,
    "billing.issuing.cancelling.cancel_document": _cancel,
}
WITHOUT_ROW = {
    "billing.issuing.issuing.preview_period": "zeigt nur, was ausgestellt würde, und schreibt nichts",
}
