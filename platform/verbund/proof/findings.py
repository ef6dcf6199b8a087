# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Searching finds nothing that its reader may not see: a note of the office's, asked for by everybody and by every role."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from verbund.accounts.permissions import permissions_of
from verbund.accounts.roles import roles
from verbund.kernel import clock
from verbund.kernel.offers import SearchSource
from verbund.kernel.ports import SearchDocument
from verbund.kernel.probes import Ask
from verbund.proof.browsers import Browser
from verbund.proof.ledger import Ledger
from verbund.proof.stages import Party
from verbund.search import index

FINDINGS = "search.findings"
_LETTERS = str.maketrans("0123456789", "ghijklmnop")  # what is guessed is made of letters only
_URLS = "verbund.config.urls.municipality"


def try_findings(parties: tuple[Party, ...], ledger: Ledger) -> None:
    """Put a note of the office's into every source, and look for it as everybody and as each role."""
    for party in parties:
        if party.kind == "municipality":
            with party.enter():
                sources = index.active_sources()
            for number, source in enumerate(sources):
                _try_source(party, source, f"{party.canary}{number}".translate(_LETTERS), ledger)


def _try_source(party: Party, source: SearchSource, mark: str, ledger: Ledger) -> None:
    word, title = f"Suchwort{mark}", f"Fundort{mark}"
    with party.enter():
        index.put(
            source.slug,
            [
                SearchDocument(
                    key=mark[:60], title=title, at=clock.now(), staff_text=word, staff_url="/verwaltung/"
                )
            ],
        )
        people = {role.slug: party.stage.person(role.slug) for role in roles()}
        sessions = {slug: party.stage.session(person) for slug, person in people.items()}
    public, office = reverse("search:results", urlconf=_URLS), reverse("search-staff:results", urlconf=_URLS)
    subject = f"{source.slug} in {party.key}"
    _must_be_hidden(Browser(party.host), public, (word, title), f"{subject} ohne Anmeldung", ledger)
    for slug, session in sessions.items():
        browser = Browser(party.host, session=session)
        _must_be_hidden(browser, public, (word, title), f"{subject} als {slug} auf der Bürgerseite", ledger)
        if source.permission not in permissions_of(slug):
            _must_be_hidden(browser, office, (word, title), f"{subject} als {slug}", ledger)
        elif title in _answer(browser, office, word):
            ledger.succeeded(FINDINGS)
        else:
            ledger.failed(FINDINGS, f"{subject} als {slug}", "findet auch die Berechtigte nicht")


def _must_be_hidden(browser: Browser, path: str, note: tuple[str, str], subject: str, ledger: Ledger) -> None:
    """Neither as a result nor as the word that may have been meant."""
    word, title = note
    shown = title in _answer(browser, path, word)
    ledger.expect(FINDINGS, subject, "wird gefunden", ok=not shown)
    guessed = word.lower() in _answer(browser, path, word[:-1]).lower()
    ledger.expect(FINDINGS, f"{subject}, vertippt", "wird vorgeschlagen", ok=not guessed)


def _answer(browser: Browser, path: str, text: str) -> str:
    return browser.ask("GET", Ask(path=f"{path}?{urlencode({'q': text})}"), follow=False).text
