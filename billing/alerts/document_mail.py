# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is told of new documents: everybody who may see costs and did not decline."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from billing.alerts.models import DocumentMailDeclined
from billing.permissions import BillingPermission
from verbund.accounts.api import people_who_may
from verbund.accounts.models import Person
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Forbidden


def people_told() -> list[Person]:
    """Those who get a mail, in the order people expect."""
    reading = [person.id for person in people_who_may(BillingPermission.READ_OWN_COSTS)]
    return list(
        Person.objects.active()
        .filter(pk__in=reading)
        .exclude(pk__in=DocumentMailDeclined.objects.values("person_id"))
        .order_by("sort_name", "pk")
    )


def is_told(by: Actor) -> bool:
    """Whether whoever asks gets a mail about new documents."""
    return _is_person(by) and not DocumentMailDeclined.objects.filter(person_id=int(by.id)).exists()


@transaction.atomic
def set_document_mail(*, wanted: bool, by: Actor, at: datetime) -> None:
    """Tell whoever asks of new documents, or no longer; repeating changes nothing.

    Raises:
        Forbidden: it is nobody with an account here, or somebody who may not see costs.
    """
    if not _is_person(by) or not by.may(BillingPermission.READ_OWN_COSTS):
        raise Forbidden
    declined = DocumentMailDeclined.objects.filter(person_id=int(by.id))
    if wanted:
        is_changed = bool(declined.delete()[0])
    else:
        is_changed = DocumentMailDeclined.objects.get_or_create(person_id=int(by.id))[1]
    if is_changed:
        audit.record(
            action="billing.document_mail.set",
            subject=f"accounts.person:{by.id}",
            by=by,
            changes={"wanted": wanted},
            at=at,
        )


def _is_person(by: Actor) -> bool:
    return by.kind == "person" and by.id.isdecimal()
