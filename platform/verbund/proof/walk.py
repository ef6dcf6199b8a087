# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every route with every method: its rightful owner succeeds, everybody else is refused and sees nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from django.db import transaction
from django.urls import Resolver404, resolve

from tenants import directory
from verbund.accounts.models import Session
from verbund.accounts.sessions import hashed
from verbund.audit.models import AuditEntry
from verbund.kernel import registry
from verbund.kernel.context import Municipality
from verbund.kernel.probes import Ask, Probe, Probes, Rehearsed
from verbund.proof.browsers import Answer, Browser
from verbund.proof.fields import Seen
from verbund.proof.ledger import Ledger
from verbund.proof.routes import METHODS, URLCONFS, Route, is_form_by_put, methods, routes
from verbund.proof.stages import Party, role_areas

OWNER, STRANGER, CANARY, NO_TRACE, METHOD = (
    "routes.owner", "routes.stranger", "routes.canary", "routes.no_trace", "routes.method",
)  # fmt: skip
_CLIENT_ERROR, _SERVER_ERROR, _NOT_ALLOWED = 400, 500, 405
_API = "api/v1/"


def probes() -> dict[str, Probe]:
    """What every package and module shows, by `METHOD route`."""
    found: dict[str, Probe] = {}
    for spec in registry.all_specs():
        if spec.probes is not None:
            given: Probes = registry.load(spec.probes)  # type: ignore[assignment]  # the spec names such a mapping
            found |= given
    return found


@dataclass(frozen=True)
class Case:
    """One request of one owner, and on which host it succeeds."""

    route: Route
    method: str
    owner: Party
    host: str
    ask: Ask

    @property
    def subject(self) -> str:
        return f"{self.method} {self.route.key} von {self.owner.key}"

    @property
    def names_something(self) -> bool:
        """Whether it holds something of the owner: a key in the address, or a secret."""
        return (self.route.has_arguments and not self.ask.is_common) or self.ask.opens


@dataclass
class Walk:
    """Three parties and what was seen of them."""

    parties: tuple[Party, ...]
    ledger: Ledger
    only: str = ""  # a part of a route's key: the walk is then no proof, but quick
    seen: Seen = field(default_factory=Seen)
    _areas: dict[str, str] = field(default_factory=dict)
    _own_sessions: dict[tuple[str, str], str] = field(default_factory=dict)
    _told: set[tuple[str, str]] = field(default_factory=set)
    _asked_at: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def run(self) -> None:
        """Try every route, then look for traces of all these requests where they do not belong."""
        for party in self.parties:
            with party.enter():
                self._areas |= role_areas()
        known, used = probes(), set()
        for route in routes():
            if self.only not in route.key:
                continue
            for method in sorted(self._methods(route)):
                name = f"{method} {route.name or route.pattern}"
                used.add(name)
                probe = known.get(name)
                if isinstance(probe, Rehearsed):
                    self._rehearse(route, method, probe)
                elif probe is not None:
                    self._try(route, method, probe)
                else:
                    self.ledger.failed(OWNER, f"{method} {route.key}", "kein Beispiel (probes.py des Pakets)")
        for name in sorted(known.keys() - used) if not self.only else ():
            self.ledger.failed(OWNER, name, "Beispiel für eine Adresse, die es nicht gibt")
        self._look_for_traces()

    def _methods(self, route: Route) -> frozenset[str]:
        declared = methods(route.view)
        if declared is None:
            self.ledger.failed(OWNER, route.key, "sagt nicht, welche Methoden es gibt")
            return frozenset()
        return declared - {"PUT"} if is_form_by_put(route.view) else declared

    # -- one route, one method ---------------------------------------------------------------------

    def _rehearse(self, route: Route, method: str, probe: Rehearsed) -> None:
        """Carry it out for real in a transaction that is taken back; its traces are looked for while they are there."""
        for party in self.parties:
            with party.enter():  # people stay, so they are made before
                for role in (slug for slug, area in self._areas.items() if area == party.kind):
                    party.stage.person(role)
        before = self._asked_at, self._told
        self._asked_at, self._told = defaultdict(set), set()
        with ExitStack() as stack:
            for party in self.parties:
                stack.enter_context(party.stage.forgetting())
            # A register that insists on a transaction of its own (durable) is content with this one, as in Django's own test case.
            rehearsal = transaction.atomic()
            rehearsal._from_testcase = True  # type: ignore[attr-defined]  # noqa: SLF001
            with rehearsal:
                self._try(route, method, probe)
                self._look_for_traces()
                transaction.set_rollback(True)
        self._asked_at, self._told = before
        self._own_sessions.clear()
        directory.forget()

    def _try(self, route: Route, method: str, probe: Probe) -> None:
        kind = "municipality" if _is_of_a_municipality(route) else route.host
        owner, *others = (party for party in self.parties if party.kind == kind)
        for other in others:  # first, so that there is something of theirs to be seen
            case = self._case(route, method, probe, other)
            if case is not None:
                self._as_owner(case)
        case = self._case(route, method, probe, owner)
        if case is None:
            return
        if method == "GET":
            self._as_owner(case)
            self._as_strangers(case)
        else:  # after the strangers: a link that is used up would be refused to anybody
            self._as_strangers(case)
            self._as_owner(case)
        self._by_other_methods(case)

    def _case(self, route: Route, method: str, probe: Probe, owner: Party) -> Case | None:
        """What the package makes for this owner."""
        try:
            with owner.enter():
                ask = probe(owner.stage)
        except Exception as error:  # noqa: BLE001 (whatever a package's sample does wrong, the run goes on and names it)
            subject = f"{method} {route.key} von {owner.key}"
            self.ledger.failed(OWNER, subject, f"Beispiel misslang: {type(error).__name__}: {error}")
            return None
        host = self._association.host if route.host == "association" else owner.host
        return Case(route, method, owner, host, ask)

    def _as_owner(self, case: Case) -> None:
        """A refusal proves something only where this succeeds."""
        ask, owner = case.ask, case.owner
        browser = Browser(case.host, session=self._session(ask, owner))
        answer = self._send(browser, case.method, ask, case.host, shown=owner)
        fits = answer.status == ask.status or (
            not ask.status and not answer.is_refused and answer.status < _CLIENT_ERROR
        )
        fits = fits and answer.status < _CLIENT_ERROR
        reason = answer.in_short
        if fits and ask.shows and owner.canary.lower() not in answer.text.lower():
            fits, reason = False, f"{reason}, aber ohne die Markierung"
        if fits and case.method != "GET" and ask.writes and not self._left_a_row(owner, answer):
            fits, reason = False, f"{reason}, aber ohne Zeile im Protokoll"
        if fits and ask.tells_association:
            self._told |= {(identifier, ask.tells_association) for identifier in answer.request_ids}
        if not fits:
            self.ledger.failed(OWNER, case.subject, f"die Berechtigte bekommt {reason}")
            return
        self.ledger.succeeded(OWNER)
        self.seen.note(case.route, case.method, answer)
        if case.route.pattern.startswith(_API) and case.method == "GET":
            self._as_program(case)

    def _as_program(self, case: Case) -> None:
        browser = Browser(case.host, token=case.owner.token)
        answer = self._send(browser, case.method, case.ask, case.host, shown=case.owner)
        if answer.is_refused:
            self.ledger.failed(OWNER, f"{case.subject} mit Zugangsschlüssel", answer.in_short)
        else:
            self.ledger.succeeded(OWNER)

    def _as_strangers(self, case: Case) -> None:
        if _is_of_a_municipality(case.route) and case.route.host == "association":
            self._with_other_jurisdiction(case)
            return
        foreign = self._session(case.ask, case.owner) or case.owner.session_of_chief()
        for place in self.parties:
            if place is case.owner:
                continue
            is_elsewhere = _is_another_page(case, place)
            for who, browser, is_at_home in self._strangers(case, place, foreign):
                answer = self._send(
                    browser, case.method, case.ask, place.host, follow=True, without=case.owner.canary
                )
                must = case.names_something or (bool(case.ask.role) and not is_at_home)
                subject = f"{case.subject} auf {place.key} {who}"
                self._judge(subject, answer, case.ask, must_be_refused=must and not is_elsewhere)

    def _strangers(self, case: Case, place: Party, foreign: str) -> Iterator[tuple[str, Browser, bool]]:
        yield "ohne Anmeldung", Browser(place.host), False
        yield "mit fremder Sitzung", Browser(place.host, session=foreign), False
        yield "mit fremdem Schlüssel", Browser(place.host, token=case.owner.token), False
        is_own_business = case.method != "GET" and not case.names_something
        # Where the secret is the cookie, one's own session would leave it out.
        if not is_own_business and not (case.ask.opens and case.ask.session):
            yield "mit eigener Sitzung", Browser(place.host, session=self._own(case.ask, place)), True

    def _with_other_jurisdiction(self, case: Case) -> None:
        """Module pages of the association's host choose a municipality by parameter: another one shows nothing of this."""
        for place in self.parties:
            if place is case.owner or not isinstance(place.scope, Municipality):
                continue
            mine, other = getattr(case.owner.scope, "slug", ""), place.scope.slug
            moved = replace(
                case.ask,
                path=case.ask.path.replace(mine, other),
                data={name: other if value == mine else value for name, value in case.ask.data.items()},
            )
            answer = self._send(
                Browser(case.host), case.method, moved, case.host, follow=True,
                without=case.owner.canary, shown=place,
            )  # fmt: skip
            subject = f"{case.subject} für {place.key}"
            self._judge(subject, answer, case.ask, must_be_refused=case.ask.opens)

    def _by_other_methods(self, case: Case) -> None:
        """What a page does not take is refused on the owner's own host too."""
        for method in sorted(METHODS - (methods(case.route.view) or METHODS)):
            answer = self._send(
                Browser(case.host), method, Ask(path=case.ask.path), case.host, follow=True, shown=case.owner
            )
            is_refused = answer.is_refused or _CLIENT_ERROR <= answer.status < _SERVER_ERROR
            ok = is_refused or answer.status in case.ask.refused_with
            self.ledger.expect(METHOD, f"{method} statt {case.subject}", answer.in_short, ok=ok)

    # -- judging -----------------------------------------------------------------------------------

    def _judge(self, subject: str, answer: Answer, ask: Ask, *, must_be_refused: bool) -> None:
        if must_be_refused:
            ok = answer.is_refused or answer.status in {_NOT_ALLOWED, *ask.refused_with}
        else:
            ok = answer.status < _SERVER_ERROR
        self.ledger.expect(STRANGER, subject, answer.in_short, ok=ok)

    def _send(
        self,
        browser: Browser,
        method: str,
        ask: Ask,
        host: str,
        *,
        follow: bool = False,
        without: str = "",
        shown: Party | None = None,
    ) -> Answer:
        """Ask, and look for the marks of everybody whose host it is not; ``shown`` is whose data was asked for."""
        answer = browser.ask(method, ask, follow=follow, without=without)
        self._asked_at[host].update(answer.request_ids)
        low = answer.text.lower()
        for other in self.parties:
            if other.host == host or other is shown:
                continue
            found = other.canary.lower() in low or any(secret in answer.text for secret in other.secrets)
            self.ledger.expect(
                CANARY,
                f"{method} {ask.path} auf {host}",
                f"Antwort {answer.status} enthält eine Markierung oder ein Geheimnis von {other.key}",
                ok=not found,
            )
        return answer

    def _left_a_row(self, owner: Party, answer: Answer) -> bool:
        with owner.enter():
            return AuditEntry.objects.filter(request_id__in=answer.request_ids).exists()

    def _look_for_traces(self) -> None:
        """No request of one host has written into the record of another scope.

        The association's host is left out: some of its pages enter one municipality, which then records them.
        What a member tells the association itself has to be declared by its sample, and has to be found.
        """
        for place in self.parties:
            identifiers = [
                identifier
                for host, asked in self._asked_at.items()
                if host not in {place.host, self._association.host}
                for identifier in asked
            ]
            with place.enter():
                entries = AuditEntry.objects.filter(request_id__in=identifiers)
                rows = set(entries.values_list("request_id", "action"))
            told = self._told if place.kind == "association" else set()
            found = sorted({action for _identifier, action in rows - told})
            if told - rows:
                self.ledger.failed(NO_TRACE, place.key, f"nicht angekommen: {sorted(told - rows)}")
            self.ledger.held(NO_TRACE, len(identifiers))
            if found:
                self.ledger.failed(NO_TRACE, place.key, f"Zeilen aus fremden Anfragen: {found}")

    # -- who -----------------------------------------------------------------------------------------

    @property
    def _association(self) -> Party:
        return next(party for party in self.parties if party.kind == "association")

    def _session(self, ask: Ask, owner: Party) -> str:
        """The cookie the request is meant with; empty for anybody."""
        if ask.session:
            owner.secrets.add(ask.session)
            return ask.session
        if not ask.role:
            return ""
        with owner.enter():
            return owner.stage.session(owner.stage.person(ask.role))

    def _own(self, ask: Ask, place: Party) -> str:
        """The stranger's own session, of the same role where it exists there; used again until it was ended."""
        role = ask.role if self._areas.get(ask.role) == place.kind else ""
        kept = self._own_sessions.get((place.key, role))
        with place.enter():
            if kept is None or not Session.objects.filter(session_key=hashed(kept)).exists():
                person = place.stage.person(role) if role else None
                kept = place.stage.session(person) if person else place.session_of_chief()
                self._own_sessions[place.key, role] = kept
        return kept


def _is_another_page(case: Case, place: Party) -> bool:
    """Whether the same address is a page of its own there, such as `/` of both kinds of hosts."""
    try:
        match = resolve(urlsplit(case.ask.path).path, urlconf=URLCONFS[place.kind])
    except Resolver404:
        return False
    return match.view_name != case.route.name


def _is_of_a_municipality(route: Route) -> bool:
    """On a municipality's host; or a module's page on the association's, which shows one municipality's public data."""
    return route.host == "municipality" or registry.module(route.namespace.split("-")[0]) is not None
