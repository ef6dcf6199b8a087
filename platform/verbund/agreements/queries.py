# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How members stand: who has agreed to what, and what is open until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbund.agreements.models import SignedAgreement, Version
from verbund.kernel import context
from verbund.kernel.errors import NotFound


class Standing(StrEnum):
    """How a member stands with the newest version."""

    CURRENT = "aktuell"
    OPEN = "offen"
    OVERDUE = "ueberfaellig"
    MISSING = "fehlt"


STANDING_LABELS: dict[Standing, Promise] = {
    Standing.CURRENT: _("aktuell"),
    Standing.OPEN: _("neue Fassung offen"),
    Standing.OVERDUE: _("überfällig"),
    Standing.MISSING: _("fehlt"),
}
STANDING_BADGES = {
    Standing.CURRENT: "success",
    Standing.OPEN: "info",
    Standing.OVERDUE: "danger",
    Standing.MISSING: "warning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One member: its last agreement and what the newest version asks of it."""

    signed: SignedAgreement | None
    newest: Version | None
    standing: Standing

    @property
    def label(self) -> str:
        return str(STANDING_LABELS[self.standing])

    @property
    def badge(self) -> str:
        return STANDING_BADGES[self.standing]

    @property
    def is_open(self) -> bool:
        """Whether a newer version waits for the member's agreement."""
        return self.newest is not None and self.standing is not Standing.CURRENT


def newest_version() -> Version | None:
    """The version members are asked to agree to; the association must be entered, as for everything here."""
    return Version.objects.first()


def version(version_id: int) -> Version:
    """One version.

    Raises:
        NotFound: there is none.
    """
    found = Version.objects.filter(pk=version_id).first()
    if found is None:
        raise NotFound
    return found


def agreement(agreement_id: int, *, tenant: int) -> SignedAgreement:
    """One agreement of that member.

    Raises:
        NotFound: the member has no such agreement.
    """
    found = SignedAgreement.objects.select_related("version").filter(pk=agreement_id, tenant=tenant).first()
    if found is None:
        raise NotFound
    return found


def agreements_of(tenant: int) -> list[SignedAgreement]:
    """A member's agreements, newest version first."""
    rows = SignedAgreement.objects.filter(tenant=tenant).select_related("version")
    return list(rows.order_by("-version__published_on", "-version_id"))


def position_of(tenant: int, *, today: date) -> Position:
    """How one member stands."""
    return positions([tenant], today=today)[tenant]


def positions(tenants: Iterable[int], *, today: date) -> dict[int, Position]:
    """How these members stand: two queries, however many there are. Names of signatories are not read."""
    wanted = list(tenants)
    newest = newest_version()
    rows = SignedAgreement.objects.filter(tenant__in=wanted).select_related("version").defer("signed_by")
    latest: dict[int, SignedAgreement] = {}
    for row in rows.order_by("version__published_on", "version_id"):
        latest[row.tenant] = row
    return {tenant: _position(latest.get(tenant), newest, today) for tenant in wanted}


def own_position(*, today: date) -> Position:
    """How the entered municipality stands: a look into the association's data, by its number alone."""
    tenant = context.current_municipality().number
    with context.enter_association():
        return position_of(tenant, today=today)


def _position(signed: SignedAgreement | None, newest: Version | None, today: date) -> Position:
    if signed is None:
        standing = Standing.MISSING
    elif newest is None or signed.version_id == newest.pk:
        standing = Standing.CURRENT
    else:
        standing = Standing.OVERDUE if today > newest.due_on else Standing.OPEN
    return Position(signed=signed, newest=newest, standing=standing)
