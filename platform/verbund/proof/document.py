# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Mandantentrennungs-Nachweis as a document an auditor can keep."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from verbund.documents.pdf import render
from verbund.kernel.clock import BERLIN
from verbund.kernel.language import official_language
from verbund.proof.ledger import Check
from verbund.proof.outline import CHECKS, TRIALS

_TEMPLATE = Path(__file__).with_name("nachweis.typ")
_MOST_FAILURES = 50


def document(report: dict[str, Any]) -> bytes:
    """The PDF of a report, in the official language."""
    at = datetime.fromisoformat(report["at"]).replace(microsecond=0)
    with official_language():
        return render(
            _TEMPLATE,
            title=_("Mandantentrennungs-Nachweis"),
            issuer=str(settings.VERBUND.association_host),
            values=_values(report, at),
            at=at,
        )


def _values(report: dict[str, Any], at: datetime) -> dict[str, Any]:
    return {
        "verdict": _("Ergebnis: Die Trennung hat bei jedem Versuch gehalten.")
        if report["held"]
        else _("Ergebnis: Die Trennung hat NICHT gehalten."),
        "introduction": _(
            "Dieses Dokument zeigt, dass die Kommunen auf dieser Installation voneinander und vom Verband getrennt sind. Es folgt den fünf Prüfschritten der Orientierungshilfe Mandantenfähigkeit der Datenschutzkonferenz (2012). Jede Zahl zählt Versuche, die in diesem Lauf wirklich unternommen wurden."
        ),
        "facts": _facts(report, at),
        "method": _method(),
        "checks": [_check(entry) for entry in report["checks"]],
        "failures": [
            [_what(failure["trial"]), failure["subject"], failure["seen"]]
            for failure in report["failures"][:_MOST_FAILURES]
        ],
        "limits": [*report["gaps"].values(), *_limits()],
    }


def _facts(report: dict[str, Any], at: datetime) -> list[list[str]]:
    return [
        [_("Zeitpunkt"), f"{at.astimezone(BERLIN):%d.%m.%Y, %H:%M} Uhr"],
        [_("Installation"), str(settings.VERBUND.association_host)],
        [_("Fassung der Software"), report["version"]],
        [_("Datenbank"), f"PostgreSQL {report['server']}"],
        [_("Versuche"), _grouped(report["tried"])],
        [_("Gegenproben"), _grouped(report["shown"])],
        [_("Dauer"), _("%(seconds)s Sekunden") % {"seconds": round(sum(report["seconds"].values()))}],
    ]


def _method() -> list[str]:
    return [
        _(
            "Für den Lauf wurden zwei Kommunen eingerichtet wie jede andere und danach entfernt. Keine echte Kommune wurde betreten."
        ),
        _(
            "Alles, was in einer Kommune entsteht, trägt ein Wort, das es sonst nirgends gibt. Nach diesem Wort und nach jedem Geheimnis wird überall sonst gesucht."
        ),
        _(
            "Eine Abweisung zählt nur, wenn die Berechtigten mit derselben Anfrage Erfolg haben (Gegenprobe). Bei Anfragen, die etwas ändern, kommen die Fremden zuerst: ein verbrauchter Link würde sonst jeden abweisen. Was ein Arbeitsprozess sofort ausführen oder jemand lesen würde, geschieht in einer Transaktion, die danach zurückgenommen wird."
        ),
        _(
            "Die Adressen, Methoden, Felder, Aufträge, Befehle und Tabellen stammen aus der laufenden Software selbst. Fehlt zu einer ein Beispiel, gilt der Nachweis als nicht bestanden."
        ),
        _("Geprüft wird mit der Anmeldung der Anwendung an der Datenbank, nicht mit der des Eigentümers."),
    ]


def _limits() -> list[str]:
    return [
        _(
            "Die Rollen der Datenbank schützen vor Fehlern der Anwendung. Wer eigenes SQL über die Verbindung der Anwendung ausführen könnte, könnte die Rolle wechseln; dagegen stehen die Regeln gegen eingeschleustes SQL."
        ),
        _(
            "Wer Betriebssystem, Datenbankserver oder Vault selbst verwaltet, ist nicht Gegenstand dieses Nachweises."
        ),
        _("Ob Verträge zur Auftragsverarbeitung geschlossen sind, steht im Verzeichnis der Vereinbarungen."),
    ]


def _check(entry: dict[str, Any]) -> dict[str, Any]:
    heading = CHECKS[Check(entry["check"])]
    return {
        "title": str(heading.title),
        "answer": str(heading.answer),
        "trials": [
            {
                "what": _what(trial["trial"]),
                "tried": trial["tried"],
                "shown": trial["shown"],
                "result": _("%(count)s Fehler") % {"count": trial["failed"]}
                if trial["failed"]
                else _("gehalten"),
            }
            for trial in entry["trials"]
            if trial["tried"] or trial["shown"]
        ],
    }


def _what(trial: str) -> str:
    return str(TRIALS[trial].what) if trial in TRIALS else trial


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
