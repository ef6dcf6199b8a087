# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Services and cost centres: what is billed, and what is shared by which key."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.costs.checks import check_module, check_month, check_text, refused
from billing.costs.models import CODE_LENGTH, NAME_LENGTH, CostCentre, Service
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, NotFound

_CODE = re.compile(r"[a-z0-9][a-z0-9-]*")


@transaction.atomic
def add_service(*, code: str, title: str, module: str = "", by: Actor, at: datetime) -> Service:
    """Enter a service; its regime and prices follow as versions. The association must be entered.

    Raises:
        Invalid: code, title or module does not hold.
        Conflict: there is one of that code.
    """
    service = Service(
        code=check_code("code", code),
        title=check_text("title", title, most=NAME_LENGTH),
        module=check_module("module", module),
    )
    try:
        with transaction.atomic():
            service.save(force_insert=True)
    except IntegrityError as error:
        raise _taken(code) from error
    audit.record(
        action="billing.service.added",
        subject=f"billing.service:{service.code}",
        by=by,
        changes={"module": service.module},
        at=at,
    )
    return service


@transaction.atomic
def add_cost_centre(
    *, code: str, title: str, service: Service, key: str, module: str = "", by: Actor, at: datetime
) -> CostCentre:
    """Enter a cost centre with the key it is shared by, which never changes; the key does so by versions.

    Raises:
        Invalid: code, title, key or module does not hold.
        Conflict: there is one of that code.
    """
    centre = CostCentre(
        code=check_code("code", code),
        title=check_text("title", title, most=NAME_LENGTH),
        service=service,
        key=check_code("key", key),
        module=check_module("module", module),
    )
    try:
        with transaction.atomic():
            centre.save(force_insert=True)
    except IntegrityError as error:
        raise _taken(code) from error
    audit.record(
        action="billing.cost_centre.added",
        subject=f"billing.cost_centre:{centre.code}",
        by=by,
        changes={"service": service.code, "key": centre.key, "module": centre.module},
        at=at,
    )
    return centre


@transaction.atomic
def end_cost_centre(*, code: str, last_month: date, by: Actor, at: datetime) -> CostCentre:
    """Say in which month the cost centre has costs for the last time; afterwards none are waited for.

    Raises:
        NotFound: there is no such cost centre.
        Conflict: there are costs of a later month.
    """
    centre = CostCentre.objects.select_for_update().filter(code=code).first()
    if centre is None:
        raise NotFound
    check_month("last_month", last_month)
    if centre.costs.filter(month__gt=last_month).exists():
        sentence = _(
            "Zu dieser Kostenstelle sind Kosten eines späteren Monats gebucht. Wählen Sie dessen Monat."
        )
        raise Conflict(sentence, fields={"last_month": sentence})
    centre.last_month = last_month
    centre.save(update_fields=["last_month"])
    audit.record(
        action="billing.cost_centre.ended",
        subject=f"billing.cost_centre:{centre.code}",
        by=by,
        changes={"last_month": last_month.isoformat()},
        at=at,
    )
    return centre


@transaction.atomic
def resume_cost_centre(*, code: str, by: Actor, at: datetime) -> CostCentre:
    """Take the end of a cost centre back: costs are waited for again. Repeating it changes nothing.

    Raises:
        NotFound: there is no such cost centre.
    """
    centre = CostCentre.objects.select_for_update().filter(code=code).first()
    if centre is None:
        raise NotFound
    if centre.last_month is None:
        return centre
    ended, centre.last_month = centre.last_month, None
    centre.save(update_fields=["last_month"])
    audit.record(
        action="billing.cost_centre.resumed",
        subject=f"billing.cost_centre:{centre.code}",
        by=by,
        changes={"last_month": [ended.isoformat(), None]},
        at=at,
    )
    return centre


def find_cost_centre(code: str) -> CostCentre:
    """The cost centre with its service.

    Raises:
        NotFound: there is none of that code.
    """
    centre = CostCentre.objects.select_related("service").filter(code=code).first()
    if centre is None:
        raise NotFound
    return centre


def check_code(field: str, code: str) -> str:
    """A short name for files, keys and the command line: small letters, digits, hyphens."""
    found = code.strip()
    if not _CODE.fullmatch(found) or len(found) > CODE_LENGTH:
        raise refused(
            field,
            _("Nehmen Sie als Kürzel höchstens %(most)s kleine Buchstaben, Ziffern und Bindestriche.")
            % {"most": CODE_LENGTH},
        )
    return found


def _taken(code: str) -> Conflict:
    sentence = _("Das Kürzel „%(code)s“ ist vergeben. Wählen Sie ein anderes.") % {"code": code}
    return Conflict(sentence, fields={"code": sentence})
