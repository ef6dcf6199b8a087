# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service of the agreements, and the limit of somebody to some members."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from tenants.models import Departure, Tenant
from tests.conformance.samples import Stage
from tests.factories.accounts import make_person
from tests.factories.agreements import make_version, pdf_upload, signed
from tests.factories.sessions import signed_in
from verbund.accounts.reach.services import set_reach
from verbund.agreements import consent, keeping, services
from verbund.kernel import clock, context

_SIGNED = {"signed_on": "02.11.2026", "signed_by": "Berta", "signed_function": "Bürgermeisterin"}


def _heideblick() -> int:
    return Tenant.objects.get(slug="heideblick").number


def publish(stage: Stage) -> Any:
    given = {"number": "9", "published_on": f"{clock.today():%d.%m.%Y}", "deadline_days": "30"}
    return stage.client().post("/auftragsverarbeitung/neue-fassung/", {**given, "file": pdf_upload()})


def record(stage: Stage) -> Any:
    given = {**_SIGNED, "version": str(make_version().pk), "file": pdf_upload()}
    return stage.client().post("/auftragsverarbeitung/kommunen/heideblick/hinterlegen/", given)


def _new_version() -> int:
    with context.enter_association():
        return make_version().pk


def agree(stage: Stage) -> Any:
    client = signed_in("administrator", stage.scope, name="Ada Amtmann")
    values = {"name": "Ada Amtmann", "function": "Amtsleiterin", "is_read": "on"}
    return client.post(f"/verwaltung/auftragsverarbeitung/zustimmen/{_new_version()}/", values)


def reach(stage: Stage) -> Any:
    person = make_person("finance")
    return stage.client().post(f"/personen/{person.pk}/kommunen/", {"tenants": [str(_heideblick())]})


def example(stage: Stage) -> Any:
    version = make_version()
    return partial(
        services.record_example, tenant=_heideblick(), example=version, by=stage.by, at=clock.now()
    )


ROUTES = {
    "association accounts-association:reach": reach,
    "association agreements-association:publish": publish,
    "association agreements-association:record": record,
    "municipality agreements-staff:agree": agree,
}


def _long_left(stage: Stage) -> Any:
    """A member that left four years ago, with its agreement."""
    tenant = _heideblick()
    signed(tenant, make_version())
    ended = clock.now() - timedelta(days=5 * 365)
    Departure.objects.create(
        tenant_id=tenant,
        slug="heideblick",
        name="Heideblick",
        requested_by="x",
        requested_at=ended,
        finished_at=ended,
    )
    return partial(keeping.delete_old, by=stage.by, at=clock.now())


_SERVICES = "verbund.agreements.services"
SERVICES = {
    "verbund.accounts.reach.services.set_reach": lambda stage: partial(
        set_reach,
        person_id=make_person("finance").pk,
        tenants=[_heideblick()],
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.agreements.consent.agree": lambda stage: partial(
        consent.agree,
        version_id=_new_version(),
        name=stage.by.name,
        function="x",
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.agreements.keeping.delete_old": _long_left,
    f"{_SERVICES}.publish_version": lambda _stage: make_version,
    f"{_SERVICES}.record_agreement": lambda _stage: partial(signed, _heideblick(), make_version()),
    f"{_SERVICES}.record_consent": lambda stage: partial(
        services.record_consent,
        tenant=_heideblick(),
        version_id=make_version().pk,
        name="Ada",
        function="x",
        by=stage.by,
        at=clock.now(),
    ),
    f"{_SERVICES}.record_example": example,
    f"{_SERVICES}.withdraw_example": lambda stage: partial(
        services.withdraw_example, tenant=_heideblick(), by=stage.by, at=clock.now()
    ),
}
