# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of master data in the proof of isolation; what is entered is taken back with the rehearsal."""

from __future__ import annotations

from datetime import date
from typing import Any

from billing.books.probes import service
from billing.costs.memberships import add_membership
from billing.issuing.leitweg import with_check_digits
from billing.issuing.models import Issuer
from billing.issuing.recipients_file import COLUMNS
from tenants.models import Tenant
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.probes import Ask, Probe, Rehearsed, Stage, Upload

_ROLE, _HERE = "finance", "/finanzen/mitglieder/"
_ADDRESS = {"street": "Markt 1", "postcode": "15926", "city": "Luckau", "email": "nachweis@verbund.example"}
_ISSUER = {
    **_ADDRESS, "identifier": "NACHWEIS", "contact": "Finanzen", "phone": "0000 1", "iban": "DE89370400440532013000",
    "tax_number": "056/144/00000", "days_to_pay": "30", "statute": "Satzung", "remedy": "Widerspruch",
}  # fmt: skip
# No member is named by them: the days lie before any month that is billed.
_POPULATION = b"ARS;Gemeinde;Einwohner\n120610219219;Heideblick;3575\n"


def _tenant() -> Tenant:
    return Tenant.objects.filter(origin="").order_by("-number")[0]


def _recipient(stage: Stage) -> dict[str, str]:
    return {
        **_ADDRESS,
        "name": stage.canary[:200],
        "customer_number": f"N{stage.canary}"[:40],
        "syntax": "UBL",
        "leitweg_id": with_check_digits("12061219", "NACHWEIS"),
    }


def _member(stage: Stage) -> Ask:
    return Ask(path=f"{_HERE}kommunen/{_tenant().slug}/", role=_ROLE, data=_recipient(stage))


def _issuer(stage: Stage) -> Ask:
    Issuer.objects.all().delete()
    return Ask(path=f"{_HERE}absender/", role=_ROLE, data={**_ISSUER, "name": stage.canary[:200]})


def _lines(stage: Stage) -> Ask:
    given = {**_recipient(stage), "slug": _tenant().slug}
    lines = (";".join(COLUMNS.values()), ";".join(given[field] for field in COLUMNS))
    return Ask(path=f"{_HERE}einlesen/", role=_ROLE, data={"content": "\n".join(lines), "aktion": "einlesen"})


def _series(stage: Stage) -> Ask:
    file = Upload(name="einwohner.csv", content=_POPULATION, media_type="text/csv")
    data = {
        "file": file, "reference_date": "31.12.2000", "census": stage.canary[:40], "source": stage.canary,
        "aktion": "einlesen",
    }  # fmt: skip
    return Ask(path=f"{_HERE}einwohner/", role=_ROLE, data=data)


def _membership(stage: Stage) -> Ask:
    """Days of long ago, before any month that is billed and any that the registry knows."""
    given = {"first": "01.01.1999", "last": "31.12.1999", "source": stage.canary[:300]}
    return Ask(path=f"{_of_one()}mitgliedschaft/neu/", role=_ROLE, data=given)


def _ending(**more: Any) -> Rehearsed:
    def ask(stage: Stage) -> Ask:
        row = add_membership(
            tenant=_tenant(), first=date(1999, 1, 1), last=date(1999, 12, 31), source=stage.canary[:300],
            by=SYSTEM, at=clock.now(),
        )  # fmt: skip
        return Ask(path=f"{_of_one()}mitgliedschaft/{row.pk}/", role=_ROLE, **more)

    return Rehearsed(ask)


def _advances(stage: Stage) -> Ask:
    year = clock.today().year + 1
    data = {
        "service": service().code, "cents": "1,00", "first": f"{year}-11", "last": f"{year}-12", "due_day": "15",
        "source": stage.canary[:300],
    }  # fmt: skip
    return Ask(path=f"{_of_one()}vorauszahlungen/", role=_ROLE, data=data)


def _of_one() -> str:
    return f"{_HERE}kommunen/{_tenant().slug}/"


def _below(path: str) -> Probe:
    return lambda _stage: Ask(path=f"{_of_one()}{path}", role=_ROLE)


def _one(_stage: Stage) -> Ask:
    return Ask(path=f"{_HERE}kommunen/{_tenant().slug}/", role=_ROLE)


MASTER_DATA: dict[str, Probe] = {
    "GET billing-association:members": lambda _stage: Ask(path=_HERE, role=_ROLE),
    "GET billing-association:issuer": lambda _stage: Ask(path=f"{_HERE}absender/", role=_ROLE),
    "GET billing-association:members-read": lambda _stage: Ask(path=f"{_HERE}einlesen/", role=_ROLE),
    "GET billing-association:population": lambda _stage: Ask(path=f"{_HERE}einwohner/", role=_ROLE),
    "GET billing-association:member": _one,
    "GET billing-association:membership": _below("mitgliedschaft/"),
    "GET billing-association:membership-add": _below("mitgliedschaft/neu/"),
    "POST billing-association:membership-add": Rehearsed(_membership),
    "GET billing-association:membership-end": _ending(),
    "POST billing-association:membership-end": _ending(data={"last": "30.11.1999"}),
    "GET billing-association:advances-set": _below("vorauszahlungen/"),
    "POST billing-association:advances-set": Rehearsed(_advances),
    "POST billing-association:member": Rehearsed(_member),
    "POST billing-association:issuer": Rehearsed(_issuer),
    "POST billing-association:members-read": Rehearsed(_lines),
    "POST billing-association:population": Rehearsed(_series),
}
