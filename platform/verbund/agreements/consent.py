# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's administration agrees online: once in the association's record, then in its own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.agreements.errors import NewerVersion
from verbund.agreements.models import SignedAgreement
from verbund.agreements.queries import newest_version
from verbund.agreements.services import record_consent
from verbund.audit import api as audit
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid


def agree(*, version_id: int, name: str, function: str, by: Actor, at: datetime) -> SignedAgreement:
    """Agree for the entered municipality to the version that was read.

    Two steps, each in one schema: the association's record first, which a repetition finds, then the municipality's.
    ``name`` is typed as a signature and must be that of the account.

    Raises:
        NewerVersion: meanwhile there is a newer one.
        Invalid: the typed name is not the actor's.
    """
    if _plain(name) != _plain(by.name):
        raise Invalid(fields={"name": _("Bitte geben Sie Ihren Namen so ein: %(name)s") % {"name": by.name}})
    municipality = context.current_municipality()
    # In the association's record the person is named as somebody of that municipality: keys differ between schemas.
    there = Actor(kind="system", role=by.role, acting_for=f"{municipality.key} {by.kind}:{by.id}")
    with context.enter_association():
        newest = newest_version()
        if newest is None or newest.pk != version_id:
            raise NewerVersion
        agreed = record_consent(
            tenant=municipality.number,
            version_id=version_id,
            name=name.strip(),
            function=function.strip(),
            by=there,
            at=at,
        )
        number = newest.number
    with transaction.atomic():
        audit.record(
            action="agreements.agreement.agreed",
            subject=f"agreements.version:{version_id}",
            by=by,
            changes={"version": number, "sha256": newest.sha256},
            at=at,
        )
    return agreed


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
