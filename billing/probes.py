# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Usage as its readers see it: one's own in a municipality, everybody's in the association."""

from __future__ import annotations

from billing.alerts.setting import set_threshold
from billing.board.probes import BOARD, own_statement
from billing.books.probes import BOOKS
from billing.collection.probes import COLLECTION
from billing.ingest.producers import issue_key, register_producer
from billing.master_data.probes import MASTER_DATA
from billing.papers.probes import PAPERS
from billing.probes_accounts import ACCOUNTS
from billing.probes_api import API
from billing.simulation.probes import KEYS
from tenants.models import Tenant
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.ids import uuid7
from verbund.kernel.probes import Ask, Probe, Rehearsed, Run, Stage
from verbund.metering.models import UsageDay

_COSTS = "/verwaltung/nutzung/kosten/"


def _used(_stage: Stage) -> bool:
    """The newest municipality, one of those made for the proof, has used something today."""
    number = Tenant.objects.order_by("-number").values_list("number", flat=True)[0]
    UsageDay.objects.get_or_create(
        day=clock.today(), tenant=number, meter="http.requests", defaults={"quantity": 7, "n": 7}
    )
    return True


def _rows(stage: Stage) -> Ask:
    stage.once("billing.used", _used)
    return Ask(path="/api/v1/usage/", role="finance")


def _reporting(stage: Stage) -> Ask:
    """An event of a meter the system is not registered for: answered, and nothing of it is counted."""
    text = stage.once("billing.producer", _producer_key)
    event = {"specversion": "1.0", "id": str(uuid7()), "source": "probe", "type": "http.requests"}
    return Ask(
        path="/api/v1/usage/events/",
        headers={"Authorization": f"Bearer {text}"},
        data=event,
        is_json=True,
        writes=False,
        status=202,
    )


def _producer_key(_stage: Stage) -> str:
    now = clock.now()
    register_producer(slug="probe", title="Probe", meters=["probe.events"], tenants=[], by=SYSTEM, at=now)
    return issue_key(slug="probe", by=SYSTEM, at=now)


def _threshold(stage: Stage) -> int:
    return set_threshold(
        meter="", amount=4_711_00, told={stage.person("treasurer").pk}, by=SYSTEM, at=clock.now()
    ).pk


_THRESHOLDS = "/verwaltung/nutzung/schwellen/"
_COSTS = "/verwaltung/nutzung/kosten/"
PROBES: dict[str, Probe] = {
    **ACCOUNTS,
    "POST billing-api-association:usage-events": _reporting,
    **API,
    **BOARD,
    **COLLECTION,
    **KEYS,
    **MASTER_DATA,
    **PAPERS,
    **BOOKS,
    "GET billing-staff:usage": lambda _stage: Ask(path="/verwaltung/nutzung/", role="administrator"),
    "GET billing-staff:usage-proof": lambda _stage: Ask(
        path="/verwaltung/nutzung/nachweis/", role="administrator"
    ),
    "GET billing-association:rejected": lambda _stage: Ask(path="/finanzen/abgelehnt/", role="finance"),
    "GET billing-staff:usage-day": lambda _stage: Ask(
        path="/verwaltung/nutzung/tage/http.requests/2026-11-12/", role="administrator", is_common=True
    ),
    "GET billing-staff:usage_listing": lambda _stage: Ask(
        path="/verwaltung/nutzung/liste/", role="administrator"
    ),
    "GET billing-staff:costs": lambda _stage: Ask(path=_COSTS, role="treasurer"),
    "GET billing-staff:costs_listing": lambda _stage: Ask(path=f"{_COSTS}liste/", role="treasurer"),
    # What is approved stays for ever, so the month is made for the rehearsal only.
    "GET billing-staff:statement": Rehearsed(own_statement),
    "GET billing-staff:thresholds": lambda _stage: Ask(path=_THRESHOLDS, role="treasurer"),
    "POST billing-staff:thresholds": lambda stage: Ask(
        path=_THRESHOLDS,
        role="treasurer",
        data={"meter": "euro", "amount": "900", "told": str(stage.person("treasurer").pk)},
    ),
    "POST billing-staff:threshold_remove": lambda stage: Ask(
        path=f"{_THRESHOLDS}{_threshold(stage)}/entfernen/", role="treasurer", data={}
    ),
    "POST billing-staff:document-mail": lambda _stage: Ask(
        path="/verwaltung/nutzung/dokumente/benachrichtigung/", role="treasurer", data={"wanted": "0"}
    ),
    "GET billing-api-association:usage": _rows,
}

COMMANDS: dict[str, Run | str] = {
    "usage report": Run(arguments=("--period", "{month}", "--tenant", "{slug}", "--format", "json")),
    "usage producer": "meldet ein anderes System beim Verband an und liest keine Daten einer Kommune",
    "usage producer-key": "gibt einen Schlüssel aus, mit dem nur gemeldet und nichts gelesen wird",
    "usage meters": "nennt, was gezählt wird, und liest keine Zähler",
    "usage seal": "versiegelt die Zähler des Verbands und liest keine Daten einer Kommune",
    "usage verify": "rechnet die Zähler des Verbands nach und zeigt nur Summen und Prüfwerte",
    "billing export": "gibt die Buchungen des Verbands für alle Kommunen aus",
    "billing open-items": "listet die Forderungen des Verbands an alle Kommunen",
    "billing payments": "liest das Konto des Verbands",
    "billing assign": "ordnet Zahlungen auf dem Konto des Verbands zu",
    "billing creditor": "legt das Konto des Verbands fest",
    "billing mandate": "führt die Mandate des Verbands",
    "billing collect": "zieht für den Verband von allen Kommunen ein",
    "billing account": "legt Konten des Verbands fest",
    "billing calculate": "verteilt die Kosten des Verbands auf alle Kommunen",
    "billing approve": "gibt einen Monat des Verbands frei",
    "billing issue": "stellt die Dokumente des Verbands für alle Kommunen aus",
    "billing documents": "zeigt die Dokumente des Verbands",
    "billing cancel": "nimmt ein Dokument des Verbands zurück",
    "billing issuer": "legt fest, wie der Verband auf seinen Dokumenten steht",
    "billing recipients": "liest die Anschriften der Mitglieder in das Verzeichnis des Verbands",
    "billing close": "schließt einen Monat des Verbands ab",
    "billing verify": "rechnet eine Datei nach und liest sonst nichts",
    "billing population": "liest veröffentlichte Zahlen in das Verzeichnis des Verbands",
}
