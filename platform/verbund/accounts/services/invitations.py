# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One-time links: made, looked at as often as mail scanners like, used once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from verbund.accounts.errors import InvitationSpent
from verbund.accounts.mails import send_invitation
from verbund.accounts.models import Invitation, Person
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid
from verbund.kernel.ids import hash_of_secret, link_secret

VALID_FOR = timedelta(days=7)


def send_new_invitation(person: Person, *, by: Actor, at: datetime) -> Invitation:
    """Make a link, mail it and spend the ones before; in the caller's transaction."""
    person.invitations.filter(used_at=None).update(used_at=at)
    secret = link_secret()
    invitation = Invitation.objects.create(
        person=person, secret_hash=hash_of_secret(secret), created_at=at, expires_at=at + VALID_FOR
    )
    send_invitation(person, secret=secret, expires_at=invitation.expires_at, by=by, at=at)
    return invitation


def open_invitation(fingerprint: str, *, at: datetime) -> Invitation:
    """The invitation of a link that still works; looking at it changes nothing.

    Raises:
        InvitationSpent: it was used, has expired or never existed.
    """
    found = Invitation.objects.select_related("person").filter(secret_hash=fingerprint).first()
    if found is None or not found.is_open(at) or not found.person.is_invited:
        raise InvitationSpent
    return found


@transaction.atomic
def accept_invitation(*, fingerprint: str, password: str, at: datetime) -> Person:
    """Set the password, open the account and spend the link.

    Raises:
        InvitationSpent: it was used, has expired or never existed; also when two people were equally fast.
        Invalid: the password does not hold.
    """
    invitation = Invitation.objects.select_for_update().filter(secret_hash=fingerprint).first()
    if invitation is None or not invitation.is_open(at):
        raise InvitationSpent
    person = Person.objects.select_for_update().get(pk=invitation.person_id)
    if not person.is_invited:
        raise InvitationSpent
    try:
        validate_password(password, person)
    except ValidationError as refusal:
        raise Invalid(fields={"password": " ".join(refusal.messages)}) from refusal
    person.set_password(password)
    person.is_active = True
    person.joined_at = at
    person.save(update_fields=["password", "is_active", "joined_at"])
    person.invitations.filter(used_at=None).update(used_at=at)
    audit.record(
        action="accounts.person.joined",
        subject=f"accounts.person:{person.pk}",
        by=Actor(kind="person", id=str(person.pk), role=person.role, name=person.name),
        at=at,
    )
    return person
