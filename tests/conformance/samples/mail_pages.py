# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service about mail."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from tests.conformance.samples import Stage
from tests.factories.mails import make_mail
from verbund.kernel import clock
from verbund.notify.api import queue_mail, queue_sample
from verbund.notify.bounces import Bounce, note
from verbund.notify.models import Outbox, State
from verbund.notify.retrying import retry
from verbund.notify.servers import Wanted, change_server, remove_server, try_server
from verbund.notify.texts import use_supplied, write_text

KIND = "cases/status_link"
_TEXT = {"subject": "Stand", "body": "Bis {frist}."}
_AT = "/verwaltung/e-mails"


def failed(stage: Stage) -> int:
    with transaction.atomic():
        values = {"expires_at": clock.now()}
        key = queue_mail(to="a@b.example", template=KIND, context=values, by=stage.by, at=clock.now())
        Outbox.objects.filter(pk=key).update(state=State.FAILED)
    return key


def written(stage: Stage) -> None:
    write_text(template=KIND, **_TEXT, by=stage.by, at=clock.now())


def _supplied_route(stage: Stage) -> object:
    written(stage)
    return stage.client().post(f"{_AT}/texte/{KIND}/mitgeliefert/")


def _supplied(stage: Stage) -> object:
    written(stage)
    return partial(use_supplied, template=KIND, by=stage.by, at=clock.now())


def _bounced(stage: Stage) -> object:
    row = make_mail()
    Outbox.objects.filter(pk=row.pk).update(state=State.SENT)
    bounce = Bounce(key=row.message_key, host="a.example", status="5.1.1", is_final=True)
    return partial(note, bounce, by=stage.by, at=clock.now())


SERVER = {
    "sender_address": "amt@a.example",
    "host": "smtp.a.example",
    "port": 9,
    "security": "TLS",
    "username": "",
}


def _set(stage: Stage) -> None:
    change_server(wanted=Wanted(**SERVER), password="", by=stage.by, at=clock.now())


def _server_step(name: str) -> object:
    def route(stage: Stage) -> object:
        _set(stage)
        return stage.confirmed().post(f"{_AT}/mailserver/{name}/")

    return route


def _removed(stage: Stage) -> object:
    _set(stage)
    return partial(remove_server, by=stage.by, at=clock.now())


def _tried(stage: Stage) -> object:
    _set(stage)
    return partial(try_server, to="a@b.example", by=stage.by, at=clock.now())


ROUTES = {
    "municipality mail_pages-staff:server": lambda stage: stage.confirmed().post(
        f"{_AT}/mailserver/", SERVER
    ),
    "municipality mail_pages-staff:server-trial": _server_step("probe"),
    "municipality mail_pages-staff:server-remove": _server_step("entfernen"),
    "municipality mail_pages-staff:retry": lambda stage: stage.client().post(
        f"{_AT}/{failed(stage)}/erneut/"
    ),
    "municipality mail_pages-staff:supplied": _supplied_route,
    "municipality mail_pages-staff:text": lambda stage: stage.client().post(
        f"{_AT}/texte/{KIND}/", {**_TEXT, "aktion": "speichern"}
    ),
}
SERVICES = {
    "verbund.notify.servers.change_server": lambda stage: partial(
        change_server, wanted=Wanted(**SERVER), password="", by=stage.by, at=clock.now()
    ),
    "verbund.notify.servers.remove_server": _removed,
    "verbund.notify.servers.try_server": _tried,
    "verbund.notify.bounces.note": _bounced,
    "verbund.notify.api.queue_sample": lambda stage: partial(
        queue_sample, to="a@b.example", template=KIND, **_TEXT, by=stage.by, at=clock.now()
    ),
    "verbund.notify.retrying.retry": lambda stage: partial(
        retry, mail_id=failed(stage), by=stage.by, at=clock.now()
    ),
    "verbund.notify.texts.use_supplied": _supplied,
    "verbund.notify.texts.write_text": lambda stage: partial(
        write_text, template=KIND, **_TEXT, by=stage.by, at=clock.now()
    ),
}
