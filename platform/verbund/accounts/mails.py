# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mails of the accounts package, in the official language; sent through the outbox of notify."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from verbund.accounts.links import absolute_page
from verbund.accounts.models import Person
from verbund.kernel.actors import SYSTEM, Actor
from verbund.notify.api import queue_mail


def send_invitation(person: Person, *, secret: str, expires_at: datetime, by: Actor, at: datetime) -> None:
    queue_mail(
        to=person.email,
        template="accounts_invitation",
        context={
            "name": person.name,
            "expires_at": expires_at,
            "action_url": absolute_page("account_accept_invitation", secret=secret),
            "action_label": "Einladung annehmen",
        },
        reference=f"accounts.person:{person.pk}",
        by=by,
        at=at,
    )


def send_password_reset(*, address: str, name: str, link: str, reference: str, at: datetime) -> None:
    queue_mail(
        to=address,
        template="accounts_password_reset",
        context={"name": name, "action_url": link, "action_label": "Neues Passwort setzen"},
        reference=reference,
        by=SYSTEM,
        at=at,
    )


def pretend_password_reset(*, address: str, at: datetime) -> None:
    """Do the work of the mail above for an address without an account and take it back: time tells nothing."""
    with transaction.atomic():
        link = absolute_page("account_reset_password")
        send_password_reset(address=address, name="", link=link, reference="accounts.person:0", at=at)
        transaction.set_rollback(True)


def send_security_notice(person: Person, *, what: str, by: Actor, at: datetime) -> None:
    """Tell somebody that how they sign in was changed; ``what`` is a whole German sentence."""
    queue_mail(
        to=person.email,
        template="accounts_security_notice",
        context={
            "name": person.name,
            "what": what,
            "at": at,
            "action_url": absolute_page("account_own"),
            "action_label": "Mein Konto öffnen",
        },
        reference=f"accounts.person:{person.pk}",
        by=by,
        at=at,
    )
