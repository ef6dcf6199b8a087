# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which trial belongs to which of the five checks, in words for an auditor."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbund.proof import (
    copies,
    deliveries,
    fields,
    findings,
    ledger,
    leftovers,
    messages,
    pooler,
    routing,
    searches,
    statements,
    storm,
    vault_paths,
    walk,
)
from verbund.proof.ledger import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A check of the Orientierungshilfe, and how it is answered here beside the trials."""

    title: str | Promise
    answer: str | Promise


CHECKS: dict[Check, Heading] = {
    Check.LEGAL_BASIS: Heading(
        title=_("Prüfschritt 1: Rechtsgrundlage der Verarbeitung"),
        answer=_(
            "Jede Kommune verarbeitet ihre Daten in eigener Verantwortung; der Verband handelt in ihrem Auftrag (Art. 28 DSGVO). Ob der Vertrag geschlossen ist, beurteilt dieses Dokument nicht. Technisch ist nachgewiesen, dass jede Adresse ihrer Kommune gehört und sonst niemandem antwortet."
        ),
    ),
    Check.TRANSFERS: Heading(
        title=_("Prüfschritt 2: Übermittlung zwischen Mandanten"),
        answer=_(
            "Von einer Kommune zur anderen gelangt nur, was ein Mensch dort abgibt: als Nachricht, für die empfangende Kommune verschlossen und von der abgebenden unterschrieben; der Verband kann sie weder lesen noch schreiben. Nachgewiesen ist, dass nichts Gefälschtes, Verändertes oder Wiederholtes angenommen wird und dass auf keinem anderen Weg etwas hinübergelangt: in keiner Antwort, Tabelle, Datei, E-Mail, Protokollzeile und keinem Zwischenspeicher."
        ),
    ),
    Check.CLOSED_TRANSACTIONS: Heading(
        title=_("Prüfschritt 3: Abgeschlossenheit der Transaktionen"),
        answer=_(
            "Jede Kommune hat ein eigenes Schema und eine eigene Rolle in der Datenbank. Jede Anweisung prüft beides; ohne gewählte Kommune wird nichts ausgeführt. Aufträge im Hintergrund tragen ihre Kommune und werden sonst abgewiesen."
        ),
    ),
    Check.CONFIGURATION: Heading(
        title=_("Prüfschritt 4: Unabhängigkeit der Konfiguration"),
        answer=_(
            "Module, Rollen, Personen, Texte und Schlüssel gehören jeder Kommune allein. Was eine abschaltet, läuft in der anderen weiter."
        ),
    ),
    Check.ADMINISTRATION: Heading(
        title=_("Prüfschritt 5: Beschränkung der mandantenübergreifenden Verwaltung"),
        answer=_(
            "Der Verband führt das Verzeichnis der Mitglieder und die Nutzungszahlen. Seine Anmeldungen, Zugangsschlüssel und seine Rolle in der Datenbank öffnen in keiner Kommune etwas; geheime Werte liegen bei Vault unter eigenen Regeln je Kommune."
        ),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """``what`` was tried; every trial has to be refused or to find nothing."""

    check: Check
    what: str | Promise


def _trial(check: Check, what: str | Promise) -> Trial:
    return Trial(check=check, what=what)


TRIALS: dict[str, Trial] = {
    walk.OWNER: _trial(Check.LEGAL_BASIS, _("Berechtigte rufen jede Adresse mit jeder Methode auf")),
    walk.METHOD: _trial(Check.LEGAL_BASIS, _("Methoden, die eine Adresse nicht kennt")),
    fields.FIELDS: _trial(Check.LEGAL_BASIS, _("Felder der Schnittstellen, jedes mit einem Wert gesehen")),
    findings.FINDINGS: _trial(
        Check.LEGAL_BASIS, _("Suche nach Internem: ohne Anmeldung und mit jeder Rolle, auch vertippt")
    ),
    routing.HOSTS: _trial(Check.LEGAL_BASIS, _("Unbekannte, gefälschte und ausgesetzte Hosts")),
    walk.CANARY: _trial(Check.TRANSFERS, _("Markierungen und Geheimnisse anderer in einer Antwort")),
    searches.TABLES: _trial(Check.TRANSFERS, _("Markierungen anderer in einer Tabelle")),
    searches.CACHE: _trial(Check.TRANSFERS, _("Zwischenspeicher: Schlüssel und Werte anderer")),
    searches.BROKER: _trial(Check.TRANSFERS, _("Warteschlangen: Markierungen ohne ihre Kommune")),
    searches.FILES: _trial(Check.TRANSFERS, _("Dateien im falschen Ordner oder mit Markierungen anderer")),
    searches.LOGS: _trial(
        Check.TRANSFERS, _("Zeilen der Betriebsprotokolle mit Markierungen oder Geheimnissen")
    ),
    searches.MAIL: _trial(Check.TRANSFERS, _("E-Mails mit Markierungen oder Adressen anderer")),
    messages.REFUSED: _trial(
        Check.TRANSFERS,
        _("Gefälschte, veränderte, kopierte und umadressierte Nachrichten zwischen Kommunen"),
    ),
    messages.ONCE: _trial(Check.TRANSFERS, _("Nachrichten zwischen Kommunen, noch einmal eingespielt")),
    messages.STOLEN: _trial(Check.TRANSFERS, _("Verschlossene Nachrichten, von anderen geöffnet")),
    messages.DELIVERED: _trial(Check.TRANSFERS, _("Gegenprobe: eine unveränderte Nachricht kommt an")),
    walk.STRANGER: _trial(
        Check.CLOSED_TRANSACTIONS,
        _(
            "Dieselbe Anfrage bei anderen: ohne Anmeldung, mit fremder Sitzung, fremdem Schlüssel, eigener Sitzung"
        ),
    ),
    walk.NO_TRACE: _trial(Check.CLOSED_TRANSACTIONS, _("Fremde Anfragen, die ein Protokoll beschreiben")),
    storm.STORM: _trial(
        Check.CLOSED_TRANSACTIONS, _("Wechsel zwischen Kommunen in zehn gleichzeitigen Abläufen")
    ),
    pooler.SESSIONS: _trial(
        Check.CLOSED_TRANSACTIONS, _("Sitzungen hinter einem Verbindungsverteiler (PgBouncer)")
    ),
    storm.NO_CONTEXT: _trial(Check.CLOSED_TRANSACTIONS, _("Zugriffe ohne gewählte Kommune")),
    deliveries.REFUSED: _trial(
        Check.CLOSED_TRANSACTIONS, _("Aufträge ohne, mit fremder, gelöschter oder falscher Kommune")
    ),
    deliveries.ENTERED: _trial(Check.CLOSED_TRANSACTIONS, _("Aufträge laufen in genau ihrer Kommune")),
    deliveries.SENT: _trial(Check.CLOSED_TRANSACTIONS, _("Versandte Aufträge nennen ihre Kommune")),
    routing.GATE: _trial(Check.CONFIGURATION, _("Seiten eines abgeschalteten Moduls")),
    copies.SESSIONS: _trial(Check.CONFIGURATION, _("Kopierte Sitzungen")),
    copies.PEOPLE: _trial(Check.CONFIGURATION, _("Kopierte Personen mit gleichem Kennwort")),
    copies.TOKENS: _trial(Check.CONFIGURATION, _("Kopierte Zugangsschlüssel")),
    vault_paths.SEALED: _trial(Check.CONFIGURATION, _("Verschlüsselte Werte anderer")),
    statements.RIGHTS: _trial(
        Check.ADMINISTRATION, _("Rechte aller Rollen an allen Tabellen anderer, nach dem Katalog")
    ),
    statements.TABLES: _trial(
        Check.ADMINISTRATION, _("Lesen, Schreiben, Leeren und Kopieren jeder Tabelle anderer")
    ),
    statements.STATEMENTS: _trial(
        Check.ADMINISTRATION, _("Anweisungen an Struktur, Rollen, Server und Protokoll")
    ),
    statements.OWN: _trial(Check.ADMINISTRATION, _("Gegenprobe: die eigene Tabelle")),
    vault_paths.PATHS: _trial(Check.ADMINISTRATION, _("Pfade und Schlüssel anderer in Vault")),
    vault_paths.OWN: _trial(Check.ADMINISTRATION, _("Gegenprobe: der eigene Schlüssel in Vault")),
    leftovers.COMMANDS: _trial(Check.ADMINISTRATION, _("Befehle des Betriebs für eine Kommune")),
    leftovers.LEFT: _trial(Check.ADMINISTRATION, _("Reste der beiden Kommunen nach dem Nachweis")),
    ledger.WHOLE: _trial(Check.LEGAL_BASIS, _("Abgebrochene Versuche")),
}
