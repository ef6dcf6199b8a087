# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about mail as their rightful owners use them."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.urls import reverse

from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.probes import Ask, Probe, Stage
from verbund.notify.api import queue_mail
from verbund.notify.models import Outbox, State
from verbund.notify.servers import Wanted, change_server
from verbund.notify.texts import write_text

_CHIEF = "administrator"
_KIND = "cases/status_link"


def _at(name: str, **arguments: object) -> str:
    return reverse(f"mail_pages-staff:{name}", urlconf="verbund.config.urls.municipality", kwargs=arguments)


def _body(stage: Stage) -> str:
    return f"Guten Tag {stage.canary}, bis {{frist}}."


def _failed(stage: Stage) -> int:
    """A mail whose address names the canary's host."""
    with transaction.atomic():
        key = queue_mail(
            to=f"erika@{stage.canary.lower()}.example",
            template=_KIND,
            context={"expires_at": clock.now()},
            by=SYSTEM,
            at=clock.now(),
        )
        Outbox.objects.filter(pk=key).update(state=State.FAILED, last_error="SMTPRecipientsRefused 550")
    return key


def _overview(stage: Stage) -> Ask:
    _failed(stage)
    return Ask(path=_at("overview"), role=_CHIEF, is_common=True)


def _text(stage: Stage) -> Ask:
    write_text(template=_KIND, subject="Stand", body=_body(stage), by=SYSTEM, at=clock.now())
    return Ask(path=_at("text", template=_KIND), role=_CHIEF, shows=True, is_common=True)


def _write(stage: Stage) -> Ask:
    data = {"subject": "Stand", "body": _body(stage), "aktion": "speichern"}
    return Ask(path=_at("text", template=_KIND), role=_CHIEF, data=data, is_common=True)


def _supplied(stage: Stage) -> Ask:
    write_text(template=_KIND, subject="Stand", body=_body(stage), by=SYSTEM, at=clock.now())
    return Ask(path=_at("supplied", template=_KIND), role=_CHIEF, data={}, is_common=True)


def _retry(stage: Stage) -> Ask:
    return Ask(path=_at("retry", mail_id=_failed(stage)), role=_CHIEF, data={})


def _wanted(stage: Stage) -> Wanted:
    """Behind a port where no mail server may stand: a trial ends before anybody is asked."""
    return Wanted(
        sender_address=f"amt@{stage.canary.lower()}.example",
        host=f"smtp.{stage.canary.lower()}.example",
        port=9,
        security="STARTTLS",
    )


def _set(stage: Stage) -> bool:
    change_server(wanted=_wanted(stage), password="", by=SYSTEM, at=clock.now())
    return True


def _server(stage: Stage) -> Ask:
    _set(stage)
    return Ask(path=_at("server"), role=_CHIEF, shows=True, is_common=True)


def _change_server(stage: Stage) -> Ask:
    return Ask(path=_at("server"), role=_CHIEF, data=asdict(_wanted(stage)), is_common=True)


def _try_server(stage: Stage) -> Ask:
    _set(stage)
    return Ask(path=_at("server-trial"), role=_CHIEF, data={}, is_common=True)


def _remove_server(stage: Stage) -> Ask:
    _set(stage)
    return Ask(path=_at("server-remove"), role=_CHIEF, data={}, is_common=True)


PROBES: dict[str, Probe] = {
    "GET mail_pages-staff:server": _server,
    "POST mail_pages-staff:server": _change_server,
    "POST mail_pages-staff:server-trial": _try_server,
    "POST mail_pages-staff:server-remove": _remove_server,
    "GET mail_pages-staff:overview": _overview,
    "GET mail_pages-staff:text": _text,
    "POST mail_pages-staff:text": _write,
    "POST mail_pages-staff:supplied": _supplied,
    "POST mail_pages-staff:retry": _retry,
}
