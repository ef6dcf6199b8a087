# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who has an account, in which role, and who has left."""

from __future__ import annotations

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.accounts import handover
from verbund.accounts.errors import AddressTaken, LastAdministrator, UnknownRole, WorkIsOpen
from verbund.accounts.models import Person
from verbund.accounts.roles import keeper_roles, role
from verbund.accounts.services.invitations import send_new_invitation
from verbund.accounts.services.sessions import drop_sessions
from verbund.accounts.stays import check_stay, name_of_home, stay_of
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, Invalid, NotFound


@transaction.atomic
def invite_person(
    *,
    email: str,
    name: str,
    role: str,
    by: Actor,
    at: datetime,
    home: int | None = None,
    ends_on: date | None = None,
) -> Person:
    """Make an account that becomes active when the invited person accepts, and mail the one-time link.

    With ``home`` and ``ends_on`` it is a stand-in's from the member with that number, until that day; it is kept by the
    name the member has now.

    Raises:
        AddressTaken: somebody has that address here.
        UnknownRole: there is no such role here.
        Invalid: a stand-in without a home or a last day, or with one that does not hold, or from no other member.
    """
    _check_role(role)
    home_name = name_of_home(home)
    check_stay(home_name, ends_on, at=at)
    address = email.strip().lower()
    if Person.objects.filter(email=address).exists():
        raise AddressTaken(fields={"email": _("Zu dieser Adresse gibt es hier schon ein Konto.")})
    person = Person(
        email=address, name=name.strip(), role=role, invited_at=at, home=home_name, ends_on=ends_on
    )
    person.set_unusable_password()
    person.save()
    send_new_invitation(person, by=by, at=at)
    audit.record(
        action="accounts.person.invited",
        subject=subject(person),
        by=by,
        changes={"role": role, **stay_of(person)},
        at=at,
    )
    return person


@transaction.atomic
def renew_invitation(*, person_id: int, by: Actor, at: datetime) -> Person:
    """Mail a new link; the ones before stop working.

    Raises:
        Conflict: the person has accepted already.
    """
    person = locked(person_id)
    if not person.is_invited:
        raise Conflict(_("Die Einladung wurde schon angenommen."))
    person.invited_at = at
    person.save(update_fields=["invited_at"])
    send_new_invitation(person, by=by, at=at)
    audit.record(action="accounts.person.invited_again", subject=subject(person), by=by, at=at)
    return person


@transaction.atomic
def create_person(
    *, email: str, name: str, role: str, password: str, by: Actor, at: datetime, totp_secret: str = ""
) -> Person:
    """An active account with a known password, for examples and tests; repeating changes nothing.

    ``totp_secret`` (base32) also sets up an authenticator app.

    Raises:
        UnknownRole: there is no such role here.
    """
    _check_role(role)
    address = email.strip().lower()
    person = Person.objects.filter(email=address).first()
    if person is None:
        person = Person(email=address, name=name, role=role, is_active=True, invited_at=at, joined_at=at)
        person.set_password(password)
        person.save()
        audit.record(
            action="accounts.person.created", subject=subject(person), by=by, changes={"role": role}, at=at
        )
    if totp_secret and not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(person, totp_secret)
        audit.record(
            action="accounts.factor.added", subject=subject(person), by=by, changes={"type": "totp"}, at=at
        )
    return person


@transaction.atomic
def rename_person(*, person_id: int, name: str, by: Actor, at: datetime) -> Person:
    person = locked(person_id)
    if person.name == name.strip():
        return person
    person.name = name.strip()
    person.save(update_fields=["name", "sort_name"])
    audit.record(
        action="accounts.person.renamed", subject=subject(person), by=by, changes={"name": None}, at=at
    )
    return person


@transaction.atomic
def change_role(*, person_id: int, role: str, by: Actor, at: datetime) -> Person:
    """Give somebody another role; it holds from their next click.

    Raises:
        LastAdministrator: nobody would be left who may manage people.
        UnknownRole: there is no such role here.
    """
    _check_role(role)
    keepers = _locked_keepers()
    person = locked(person_id)
    if person.role == role:
        return person
    if role not in keeper_roles():
        _keep_one(person, keepers)
    before, person.role = person.role, role
    person.save(update_fields=["role"])
    audit.record(
        action="accounts.person.role_changed",
        subject=subject(person),
        by=by,
        changes={"role": [before, role]},
        at=at,
    )
    return person


@transaction.atomic
def change_stay(*, person_id: int, ends_on: date, by: Actor, at: datetime) -> Person:
    """Let a stand-in stay longer or shorter; the same day again changes nothing.

    Raises:
        NotFound: there is no such person here, or they are no stand-in.
        Invalid: the day has passed or is too far away.
    """
    person = locked(person_id)
    if not person.is_stand_in:
        raise NotFound
    check_stay(person.home, ends_on, at=at)
    if person.ends_on == ends_on:
        return person
    before = stay_of(person)["ends_on"]
    person.ends_on = ends_on
    person.save(update_fields=["ends_on"])
    audit.record(
        action="accounts.person.stay_changed",
        subject=subject(person),
        by=by,
        changes={"ends_on": [before, ends_on.isoformat()]},
        at=at,
    )
    return person


@transaction.atomic
def deactivate_person(*, person_id: int, by: Actor, at: datetime, successor_id: int | None = None) -> Person:
    """Close an account, end its sessions and hand its open work to the successor.

    Raises:
        LastAdministrator: nobody would be left who may manage people.
        WorkIsOpen: work is open and no successor is named.
    """
    keepers = _locked_keepers()
    person = locked(person_id)
    if person.is_deactivated:
        return person
    _keep_one(person, keepers)
    handed_over = _clear_desk(person, successor_id, by=by, at=at)
    person.is_active = False
    # Somebody who never accepted is closed like somebody who left: the invitation must not revive.
    person.joined_at = person.joined_at or at
    person.deactivated_at = at
    person.save(update_fields=["is_active", "joined_at", "deactivated_at"])
    person.invitations.filter(used_at=None).update(used_at=at)
    drop_sessions(person.pk)
    audit.record(
        action="accounts.person.deactivated",
        subject=subject(person),
        by=by,
        changes={"is_active": [True, False], "handed_over": handed_over, "successor": successor_id},
        at=at,
    )
    return person


@transaction.atomic
def reactivate_person(*, person_id: int, by: Actor, at: datetime) -> Person:
    """Open a closed account again; without a password a new invitation is mailed.

    Raises:
        Conflict: the account is not closed.
    """
    person = locked(person_id)
    if not person.is_deactivated:
        raise Conflict(_("Das Konto ist nicht deaktiviert."))
    person.deactivated_at = None
    if person.has_usable_password():
        person.is_active = True
    else:
        person.joined_at = None
        person.invited_at = at
    person.save(update_fields=["is_active", "joined_at", "invited_at", "deactivated_at"])
    if person.is_invited:
        send_new_invitation(person, by=by, at=at)
    audit.record(
        action="accounts.person.reactivated",
        subject=subject(person),
        by=by,
        changes={"is_active": [False, person.is_active]},
        at=at,
    )
    return person


def subject(person: Person) -> str:
    """How the audit record names a person."""
    return f"accounts.person:{person.pk}"


def locked(person_id: int) -> Person:
    """The person's row, held until the transaction ends.

    Raises:
        NotFound: there is no such person here.
    """
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person


def _locked_keepers() -> list[int]:
    """Who may manage people, locked in one order: a second change waits and then sees the first."""
    keepers = (
        # Who is here for a while only does not count: one morning nobody would be left.
        Person.objects.select_for_update()
        .filter(role__in=keeper_roles(), is_active=True, ends_on=None)
        .order_by("pk")
    )
    return [person.pk for person in keepers]


def _keep_one(person: Person, keepers: list[int]) -> None:
    if keepers == [person.pk]:
        raise LastAdministrator


def _clear_desk(person: Person, successor_id: int | None, *, by: Actor, at: datetime) -> int:
    count = handover.open_work(person.pk)
    if not count:
        return 0
    if successor_id is None:
        raise WorkIsOpen(
            ngettext(
                "%(name)s ist noch für %(count)d offenen Vorgang zuständig. Wählen Sie, wer ihn übernimmt.",
                "%(name)s ist noch für %(count)d offene Vorgänge zuständig. Wählen Sie, wer sie übernimmt.",
                count,
            )
            % {"name": person.name, "count": count}
        )
    if successor_id == person.pk or not Person.objects.active().filter(pk=successor_id).exists():
        raise Invalid(fields={"successor": _("Bitte wählen Sie eine andere Person mit aktivem Konto.")})
    return handover.hand_over(from_person=person.pk, to_person=successor_id, by=by, at=at)


def _check_role(slug: str) -> None:
    if role(slug) is None:
        raise UnknownRole(fields={"role": _("Diese Rolle gibt es hier nicht.")})
