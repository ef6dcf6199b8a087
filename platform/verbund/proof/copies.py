# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rows carried across: what opens a door in one scope opens none in another, even where its row stands there too.

So it is after a wrong restore or with a copied template; each guard is tried without the help of the schema.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.db import transaction

from verbund.accounts.models import ApiToken, Person, Session
from verbund.accounts.sessions import SessionStore, hashed
from verbund.kernel import clock
from verbund.kernel.probes import Ask
from verbund.proof.browsers import Browser
from verbund.proof.ledger import Ledger
from verbund.proof.stages import Party

SESSIONS, TOKENS, PEOPLE = "copies.sessions", "copies.tokens", "copies.people"
_OWN_PAGE = "/konto/"


def try_copies(parties: tuple[Party, ...], ledger: Ledger) -> None:
    """Copy sessions, keys and twins of people from each scope to each other one."""
    for owner in parties:
        for place in parties:
            if place is not owner:
                _try_session(owner, place, ledger)
                _try_token(owner, place, ledger)


def _try_session(owner: Party, place: Party, ledger: Ledger) -> None:
    """The whole row with its payload, and a twin with the same key, password and role."""
    session = owner.session_of_chief()
    with owner.enter():
        row = Session.objects.select_related("person").get(session_key=hashed(session))
        person = row.person
    if person is None:
        return
    if not _is_signed_in(owner.host, session):
        ledger.failed(SESSIONS, owner.key, "die eigene Sitzung gilt nicht")
        return
    ledger.succeeded(SESSIONS)
    with place.enter():
        twin = _twin(person, place)
        copied = Session.objects.create(
            session_key=row.session_key,
            session_data=row.session_data,
            expire_date=row.expire_date,
            person=twin,
            device=row.device,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
        )
    with place.enter(), transaction.atomic():  # taken back, so that the page below finds the row too
        payload = SessionStore(session_key=session).load()
        transaction.set_rollback(True)
    ledger.expect(
        SESSIONS, f"Inhalt der Sitzung von {owner.key} in {place.key}", "wird gelesen", ok=not payload
    )
    seen = _is_signed_in(place.host, session)
    with place.enter():
        is_kept = Session.objects.filter(pk=copied.pk).exists()
    # Two guards stand here; a copied session that is only not signed in would be stopped by the second alone.
    said = "gilt dort" if seen else "bleibt dort liegen"
    ledger.expect(SESSIONS, f"Sitzung von {owner.key} in {place.key}", said, ok=not seen and not is_kept)
    theirs = _auth_hash(owner, person)
    with place.enter():
        ours = twin.get_session_auth_hash()
        ledger.expect(
            PEOPLE,
            f"Zwilling von {owner.key} in {place.key}",
            f"gleicher {HASH_SESSION_KEY}",
            ok=ours != theirs,
        )
        Session.objects.filter(pk=copied.pk).delete()


def _auth_hash(owner: Party, person: Person) -> str:
    with owner.enter():
        return person.get_session_auth_hash()


def _twin(person: Person, place: Party) -> Person:
    """The same key and password hash, as a cloned template would bring them.

    In a municipality of the proof it takes the row that may have this key already; in the association it never does.
    """
    twin = Person(
        pk=person.pk,
        name=f"Zwilling {place.canary}",
        email=f"zwilling-{person.pk}-{place.canary}@nachweis.example",
    )
    twin.role = "administrator" if place.kind == "municipality" else "operator"
    twin.password, twin.is_active = person.password, True
    twin.invited_at = twin.joined_at = clock.now()
    twin.save(force_insert=place.kind == "association")
    return twin


def _is_signed_in(host: str, session: str) -> bool:
    answer = Browser(host, session=session).ask("GET", Ask(path=_OWN_PAGE), follow=False)
    return not answer.is_refused and answer.status < 400  # noqa: PLR2004 (anything else is a refusal)


def _try_token(owner: Party, place: Party, ledger: Ledger) -> None:
    """The row of a key with all rights, copied; its text still says whose it is."""
    path = {"municipality": "/api/v1/defects/reports/", "association": "/api/v1/tenants/"}
    shown = Browser(owner.host, token=owner.token).ask("GET", Ask(path=path[owner.kind]), follow=False)
    if shown.is_refused:
        ledger.failed(TOKENS, owner.key, f"der eigene Schlüssel gilt nicht: {shown.in_short}")
        return
    ledger.succeeded(TOKENS)
    with owner.enter():
        row = ApiToken.objects.get(secret_hash=sha256(owner.token.encode()).hexdigest())
    with place.enter():
        values: dict[str, Any] = {
            "name": f"Kopie {place.canary}",
            "secret_hash": row.secret_hash,
            "beginning": row.beginning,
            "scopes": row.scopes,
            "created_at": row.created_at,
            "expires_at": clock.now() + timedelta(hours=1),
        }
        copied = ApiToken.objects.create(**values)
    answer = Browser(place.host, token=owner.token).ask("GET", Ask(path=path[place.kind]), follow=False)
    ledger.expect(TOKENS, f"Schlüssel von {owner.key} in {place.key}", answer.in_short, ok=answer.is_refused)
    with place.enter():
        ApiToken.objects.filter(pk=copied.pk).delete()
