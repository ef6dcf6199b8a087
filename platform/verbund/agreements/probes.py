# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Agreements on processing as the association and its members use them."""

from __future__ import annotations

from datetime import date
from typing import Any

from tenants.models import Tenant
from verbund.accounts.api import create_person
from verbund.agreements import services
from verbund.agreements.models import SignedAgreement, Version
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality
from verbund.kernel.ids import uuid7
from verbund.kernel.probes import Ask, Probe, Stage, Upload

_PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
_OPERATOR, _ADMIN = "operator", "administrator"
_THERE, _HERE = "/verwaltung/auftragsverarbeitung/", "/auftragsverarbeitung/"


def _upload() -> Upload:
    return Upload(name="vereinbarung.pdf", content=_PDF, media_type="application/pdf")


def _newest() -> tuple[int, str]:
    """Number and short name of one of the municipalities made for the proof."""
    found = Tenant.objects.filter(state="ACTIVE").order_by("-number")[0]
    return found.number, found.slug


def _version(_stage: Stage) -> Version:
    with context.enter_association():
        return services.publish_version(
            number=f"N-{uuid7().hex[-8:]}",
            content=_PDF,
            published_on=clock.today(),
            deadline_days=30,
            by=SYSTEM,
            at=clock.now(),
        )


def _agreement(stage: Stage) -> SignedAgreement:
    version = stage.once("agreements.version", _version)
    with context.enter_association():
        number = stage.scope.number if isinstance(stage.scope, Municipality) else _newest()[0]
        return services.record_agreement(
            tenant=number,
            version_id=version.pk,
            signed_on=date(2026, 1, 15),
            signed_by=f"Berta {number}",
            signed_function="Bürgermeisterin",
            content=_PDF,
            by=SYSTEM,
            at=clock.now(),
        )


def _own_file(stage: Stage) -> Ask:
    return Ask(path=f"{_THERE}{_agreement(stage).pk}/vereinbarung.pdf", role=_ADMIN)


def _agree(stage: Stage, *, sends: bool) -> Ask:
    """Versions belong to the association and are shown to every member.

    The association keeps the name of who agreed, so it is one without the municipality's mark.
    """
    path = f"{_THERE}zustimmen/{_version(stage).pk}/"
    if not sends:
        return Ask(path=path, role=_ADMIN, is_common=True)
    person = stage.once("agreements.person", _signatory)
    told = "agreements.agreement.recorded"
    data = {"name": person.name, "function": "Amtsleiterin", "is_read": "on"}
    return Ask(
        path=path,
        role=_ADMIN,
        session=stage.session(person),
        data=data,
        is_common=True,
        tells_association=told,
    )


def _signatory(_stage: Stage) -> Any:
    return create_person(
        email=f"{uuid7()}@nachweis.example",
        name="Ada Amtmann",
        role=_ADMIN,
        password="pferd-batterie-klammer-4",  # noqa: S106 (nobody signs in with it)
        by=SYSTEM,
        at=clock.now(),
    )


def _version_file(stage: Stage) -> Ask:
    path = f"{_THERE}fassungen/{stage.once('agreements.version', _version).pk}/fassung.pdf"
    return Ask(path=path, role=_ADMIN, is_common=True)


def _publish(_stage: Stage) -> Ask:
    data = {
        "number": f"N-{uuid7().hex[-8:]}",
        "published_on": f"{clock.today():%d.%m.%Y}",
        "deadline_days": "30",
        "file": _upload(),
    }
    return Ask(path=f"{_HERE}neue-fassung/", role=_OPERATOR, data=data)


def _record(stage: Stage) -> Ask:
    data = {
        "signed_on": "02.11.2026",
        "signed_by": "Berta",
        "signed_function": "Bürgermeisterin",
        "version": str(_version(stage).pk),
        "file": _upload(),
    }
    return Ask(path=f"{_HERE}kommunen/{_newest()[1]}/hinterlegen/", role=_OPERATOR, data=data)


PROBES: dict[str, Probe] = {
    "GET agreements-staff:own": lambda _stage: Ask(path=_THERE, role=_ADMIN),
    "GET agreements-staff:agree": lambda stage: _agree(stage, sends=False),
    "POST agreements-staff:agree": lambda stage: _agree(stage, sends=True),
    "GET agreements-staff:version-file": _version_file,
    "GET agreements-staff:agreement-file": _own_file,
    "GET agreements-association:overview": lambda _stage: Ask(path=_HERE, role=_OPERATOR),
    "GET agreements-association:publish": lambda _stage: Ask(path=f"{_HERE}neue-fassung/", role=_OPERATOR),
    "POST agreements-association:publish": _publish,
    "GET agreements-association:version-file": lambda stage: Ask(
        path=f"{_HERE}fassungen/{_version(stage).pk}/fassung.pdf", role=_OPERATOR
    ),
    "GET agreements-association:member": lambda _stage: Ask(
        path=f"{_HERE}kommunen/{_newest()[1]}/", role=_OPERATOR
    ),
    "POST agreements-association:record": _record,
    "GET agreements-association:agreement-file": lambda stage: Ask(
        path=f"{_HERE}kommunen/{_newest()[1]}/{_agreement(stage).pk}/vereinbarung.pdf", role=_OPERATOR
    ),
}
COMMANDS: dict[str, str] = {
    "agreements publish": "veröffentlicht eine Fassung des Verbands für alle",
    "agreements record": "hinterlegt eine unterschriebene Vereinbarung im Verzeichnis des Verbands",
    "agreements list": "zeigt das Verzeichnis des Verbands",
}
