# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The administration orders the archive of its own town and of no other, with a fresh second factor, in the record."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from tenants.archive import folders, orders, receivers
from tenants.archive.opening import open_archive
from tenants.models import ArchiveOrder
from tests.factories.sessions import signed_in
from verbund.accounts.sessions import SessionStore
from verbund.audit.models import AuditEntry
from verbund.jobs.models import Job
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Conflict, NotFound

PAGE = "/verwaltung/eigene-daten/"


def ordered(town: Municipality, *, content: bytes = b"verschlossen") -> ArchiveOrder:
    """An archive that lies ready."""
    with context.enter(town):
        job = orders.order_archive(receiver_pem="", by=SYSTEM, at=clock.now())
    with context.enter_association():
        Job.objects.filter(pk=job.pk).update(state="DONE")
        order = ArchiveOrder.objects.get(job_id=job.pk)
        order.made_at, order.expires_at = clock.now(), clock.now() + timedelta(days=7)
        order.size_bytes, order.rows, order.files = len(content), 1, 0
        order.save()
    path = folders.path_of(order)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return order


def test_order_is_written_down_and_a_second_one_waits(heideblick):
    client = signed_in("administrator", heideblick)

    response = client.post(PAGE, {"receiver": ""})
    again = client.post(PAGE, {"receiver": ""})

    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert again.status_code == 422
    with context.enter(heideblick):
        assert AuditEntry.objects.filter(action="tenants.archive.ordered").count() == 1
        assert len(orders.orders()) == 1


def test_what_is_no_key_is_refused_at_its_field(heideblick):
    response = signed_in("administrator", heideblick).post(PAGE, {"receiver": "ssh-rsa AAAA"})

    assert response.status_code == 422
    assert "kein öffentlicher Empfängerschlüssel" in response.content.decode()


def test_only_the_administration_and_only_after_confirming(heideblick):
    assert signed_in("clerk", heideblick).get(PAGE).status_code == 403

    client = signed_in("administrator", heideblick)
    with context.enter(heideblick):
        session = SessionStore(session_key=client.cookies["sessionid"].value)
        an_hour_ago = time.time() - 3600
        session["account_authentication_methods"] = [
            {"method": kind, "type": "totp", "at": an_hour_ago} for kind in ("password", "mfa")
        ]
        session.save()
    response = client.get(PAGE)

    assert response.status_code == 302
    assert response["Location"].startswith("/konto/")


def test_download_is_recorded_and_ends_after_an_hour(heideblick):
    order = ordered(heideblick)

    response = signed_in("administrator", heideblick).get(f"{PAGE}{order.pk}/")

    assert b"".join(response.streaming_content) == b"verschlossen"
    assert "no-store" in response["Cache-Control"]
    with context.enter(heideblick):
        assert AuditEntry.objects.filter(action="tenants.archive.downloaded").count() == 1
    assert orders.remove_expired(at=clock.now() + timedelta(minutes=50)) == 0
    assert orders.remove_expired(at=clock.now() + timedelta(minutes=70)) == 1
    assert not folders.path_of(order).exists()
    assert signed_in("administrator", heideblick).get(f"{PAGE}{order.pk}/").status_code == 404


def test_the_neighbours_archive_does_not_exist(heideblick, luckau):
    order = ordered(luckau)

    response = signed_in("administrator", heideblick).get(f"{PAGE}{order.pk}/")

    assert response.status_code == 404
    with context.enter(heideblick), pytest.raises(NotFound):
        orders.download_archive(order_id=order.pk, by=SYSTEM, at=clock.now())
    folders.path_of(order).unlink()


@pytest.mark.django_db(transaction=True)
def test_worker_writes_it_for_the_receiver(heideblick):
    private = receivers.private_key(receivers.new_private_pem())
    with context.enter(heideblick):
        job = orders.order_archive(receiver_pem=receivers.public_pem(private), by=SYSTEM, at=clock.now())
        with pytest.raises(Conflict):
            orders.order_archive(receiver_pem="", by=SYSTEM, at=clock.now())

    assert orders.run_export(job.pk)

    with context.enter(heideblick):
        ((order, _job),) = orders.orders()
    manifest = open_archive(folders.path_of(order), private=private, target=None)
    assert manifest.data_sha256 == order.data_sha256
    assert manifest.source["slug"] == "heideblick"
    folders.path_of(order).unlink()
