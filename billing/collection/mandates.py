# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who collects, and what members allowed."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from stdnum.eu import at_02
from stdnum.exceptions import ValidationError

from billing.collection.models import Creditor, Mandate, Scheme
from billing.iban import complaint, iban_of
from tenants.models import Tenant
from verbund.audit import api as audit
from verbund.kernel import clock
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, Invalid, NotFound

_REFERENCE = re.compile(r"[A-Za-z0-9+?/:().,'\-]{1,35}")


@transaction.atomic
def set_creditor(*, name: str, iban: str, identifier: str, by: Actor, at: datetime) -> Creditor:
    """Name the association's account and creditor identifier from now on. The association must be entered.

    Raises:
        Invalid: a check digit is wrong, or the name is missing.
    """
    wrong: dict[str, str] = {}
    if not name.strip():
        wrong["name"] = _("Der Name des Kontoinhabers fehlt.")
    number = iban_of(iban)
    if number is None:
        wrong["iban"] = complaint()
    try:
        known = at_02.validate(identifier)
    except ValidationError:
        wrong["identifier"] = _(
            "Die Gläubiger-Identifikationsnummer stimmt nicht. Bitte prüfen Sie die Zeichen."
        )
    if wrong or number is None:
        raise Invalid(" ".join(wrong.values()), fields=wrong)
    made = Creditor.objects.create(name=name.strip()[:70], iban=number, identifier=known, entered_at=at)
    audit.record(
        action="billing.creditor.set",
        subject=f"billing.creditor:{made.pk}",
        by=by,
        changes={"name": made.name, "iban": made.iban, "identifier": made.identifier},
        at=at,
    )
    return made


@transaction.atomic
def enter_mandate(
    *,
    slug: str,
    reference: str,
    scheme: str,
    signed_on: date,
    holder: str,
    iban: str,
    by: Actor,
    at: datetime,
) -> Mandate:
    """Keep a mandate a member signed. The association must be entered.

    Raises:
        NotFound: there is no such member.
        Invalid: reference, day or IBAN does not hold.
        Conflict: the member has one that goes on, or the reference is taken.
    """
    tenant = Tenant.objects.filter(slug=slug).first()
    if tenant is None:
        raise NotFound(_("Die Kommune „%(slug)s“ gibt es nicht.") % {"slug": slug})
    number = iban_of(iban)
    wrong = _complaints(reference, scheme, number, is_ahead=signed_on > clock.day_of(at))
    if wrong or number is None:
        raise Invalid(" ".join(wrong.values()), fields=wrong)
    _check_free(tenant, reference)
    made = Mandate.objects.create(
        tenant=tenant,
        reference=reference,
        scheme=scheme,
        signed_on=signed_on,
        holder=(holder.strip() or tenant.name)[:70],
        iban=number,
        entered_at=at,
    )
    audit.record(
        action="billing.mandate.entered",
        subject=f"billing.mandate:{made.pk}",
        by=by,
        changes={
            "member": tenant.number,
            "reference": reference,
            "scheme": scheme,
            "signed_on": signed_on.isoformat(),
            "iban": None,
        },
        at=at,
    )
    return made


@transaction.atomic
def end_mandate(*, reference: str, on: date, by: Actor, at: datetime) -> Mandate:
    """Nothing is collected by it from now on; repeating changes nothing.

    Raises:
        NotFound: there is none.
        Invalid: it would end before it was signed.
    """
    found = Mandate.objects.select_for_update().filter(reference=reference).first()
    if found is None:
        raise NotFound(_("Das Mandat %(reference)s gibt es nicht.") % {"reference": reference})
    if on < found.signed_on:
        sentence = _("Das Ende liegt vor dem Tag der Unterschrift.")
        raise Invalid(sentence, fields={"on": sentence})
    if found.ended_on is None:
        found.ended_on = on
        found.save(update_fields=["ended_on"])
        audit.record(
            action="billing.mandate.ended",
            subject=f"billing.mandate:{found.pk}",
            by=by,
            changes={"reference": reference, "ended_on": on.isoformat()},
            at=at,
        )
    return found


def _complaints(reference: str, scheme: str, iban: str | None, *, is_ahead: bool) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not _REFERENCE.fullmatch(reference):
        wrong["reference"] = _(
            "Eine Mandatsreferenz hat 1 bis 35 Zeichen: Buchstaben, Ziffern und + ? / : ( ) . , ' -"
        )
    if scheme not in Scheme.values:
        wrong["scheme"] = _("Das Verfahren ist CORE oder B2B.")
    if is_ahead:
        wrong["signed_on"] = _("Der Tag der Unterschrift liegt in der Zukunft.")
    if iban is None:
        wrong["iban"] = complaint()
    return wrong


def _check_free(tenant: Tenant, reference: str) -> None:
    if Mandate.objects.filter(reference=reference).exists():
        raise Conflict(_("Die Mandatsreferenz ist schon vergeben. Sie bleibt für immer bei ihrem Mandat."))
    if Mandate.objects.filter(tenant=tenant, ended_on=None).exists():
        raise Conflict(_("%(member)s hat schon ein Mandat. Beenden Sie es zuerst.") % {"member": tenant.name})
