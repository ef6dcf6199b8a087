# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""People, their sessions and invitations, and the keys of programs; the same tables in every schema."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from verbund.accounts.permissions import FOR_ALL_MEMBERS, permissions_of
from verbund.kernel import clock, context
from verbund.kernel.context import ASSOCIATION
from verbund.kernel.sorting import sort_key

_HASH_LENGTH = 64


class PersonManager(BaseUserManager["Person"]):
    @override
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=(username or "").lower())

    def active(self) -> models.QuerySet[Person]:
        """Those who may sign in: a stand-in until the last day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=clock.today()), is_active=True)


def shown_name(name: str, home: str) -> str:
    """A name, for a stand-in with where they come from."""
    return gettext("%(name)s (Vertretung aus %(home)s)") % {"name": name, "home": home} if home else name


class Person(AbstractBaseUser):
    """Somebody who may sign in here; whoever works for two municipalities has an account in each.

    Invited people become active when they accept. ``sort_name`` follows ``name``. A stand-in comes from another
    municipality, ``home``, and may sign in here until ``ends_on``, that day included (Berlin).
    """

    email = models.EmailField(_("E-Mail-Adresse"), max_length=254)
    name = models.CharField(_("Name"), max_length=150)
    sort_name = models.CharField(max_length=310, editable=False)
    role = models.CharField(_("Rolle"), max_length=40)
    is_active = models.BooleanField(default=False)
    invited_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)
    deactivated_at = models.DateTimeField(null=True)
    home = models.CharField(max_length=100, blank=True, default="", db_default="")
    ends_on = models.DateField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_person_email"),
            models.CheckConstraint(
                condition=Q(home="", ends_on=None) | (~Q(home="") & Q(ends_on__isnull=False)),
                name="accounts_person_stand_in",
            ),
        ]
        indexes = [models.Index(fields=["sort_name"], name="accounts_person_sort_name")]

    @override
    def __str__(self) -> str:
        return self.name

    @override
    def save(self, **options: object) -> None:
        self.email = self.email.lower()
        self.sort_name = sort_key(self.name)
        super().save(**options)  # type: ignore[arg-type]

    @override
    def get_session_auth_hash(self) -> str:
        """Bound to the schema: an equal password hash of an equal key elsewhere opens nothing."""
        value = f"{context.current().key}:{self.pk}:{self.password}"
        return salted_hmac("verbund.accounts.Person.session", value, algorithm="sha256").hexdigest()

    @override
    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """None: the platform's key is not rotated by falling back."""
        yield from ()

    def may(self, permission: str) -> bool:
        """Whether the person's role holds that permission, and no limit to some members takes it away."""
        return permission in permissions_of(self.role) and not (
            permission in FOR_ALL_MEMBERS and self.is_limited
        )

    @property
    def permissions(self) -> frozenset[str]:
        """Everything the person may do here."""
        held = permissions_of(self.role)
        return held - FOR_ALL_MEMBERS if held & FOR_ALL_MEMBERS and self.is_limited else held

    @property
    def is_limited(self) -> bool:
        """Whether the person looks after some members only."""
        return bool(self.limited_to)

    @cached_property
    def limited_to(self) -> frozenset[int]:
        """The numbers of the members somebody of the association looks after; none: all, or not of the association."""
        if context.current_or_none() != ASSOCIATION:
            return frozenset()
        return frozenset(self.reach.values_list("tenant", flat=True))

    @property
    def is_stand_in(self) -> bool:
        """Somebody from another municipality, for a while."""
        return self.ends_on is not None

    @property
    def has_ended(self) -> bool:
        """A stand-in whose last day is over."""
        return self.ends_on is not None and self.ends_on < clock.today()

    @property
    def may_sign_in(self) -> bool:
        return self.is_active and not self.has_ended

    @property
    def shown_name(self) -> str:
        """The name as colleagues read it beside what the person does."""
        return shown_name(self.name, self.home)

    @property
    def is_invited(self) -> bool:
        """Invited, but has not accepted yet."""
        return self.joined_at is None

    @property
    def is_deactivated(self) -> bool:
        return self.joined_at is not None and not self.is_active


class Session(AbstractBaseSession):
    """One sign-in of a person at one device. ``session_key`` is the SHA-256 of what the cookie holds.

    No address and no raw name of the browser are kept. ``expire_date`` moves with each use.
    """

    session_key = models.CharField(max_length=_HASH_LENGTH)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="sessions")
    device = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session_key"], name="accounts_session_key")]

    @classmethod
    @override
    def get_session_store_class(cls) -> type:
        from verbund.accounts.sessions import SessionStore  # noqa: PLC0415 (the store needs this model)

        return SessionStore


class Invitation(models.Model):
    """A one-time link sent by mail; only the SHA-256 of its secret is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    secret_hash = models.CharField(max_length=_HASH_LENGTH)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["secret_hash"], name="accounts_invitation_secret")]

    def is_open(self, at: datetime) -> bool:
        return self.used_at is None and self.expires_at > at


class ApiToken(models.Model):
    """The key of a program. Its text is shown once; kept are its SHA-256 and enough to recognise it."""

    name = models.CharField(_("Bezeichnung"), max_length=100)
    secret_hash = models.CharField(max_length=_HASH_LENGTH)
    beginning = models.CharField(max_length=40)
    scopes = models.JSONField(default=list)
    created_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["secret_hash"], name="accounts_apitoken_secret")]

    def is_valid(self, at: datetime) -> bool:
        return (
            self.revoked_at is None
            and (self.expires_at is None or self.expires_at > at)
            and self.is_answered_for
        )

    @property
    def is_answered_for(self) -> bool:
        """Whether the person it goes back to may still do all it does; the system's own keys stand alone."""
        issuer = self.created_by
        return issuer is None or (issuer.may_sign_in and issuer.permissions.issuperset(self.scopes))


class SignInPolicy(models.Model):
    """What the administration here demands beyond the rules of the platform; one row at most."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    requires_second_factor = models.BooleanField(_("Zweiter Faktor für alle"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="accounts_signinpolicy_single"),
        ]
