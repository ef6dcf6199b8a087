# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's own mail server: tried before it is used, and used by nobody else."""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.utils import translation

from tests.factories.mails import make_mail
from tests.factories.smtp import certificate, smtp_server
from tests.harness.services import Services
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid
from verbund.notify import checks, connecting, delivery, servers
from verbund.notify.models import MailServer, Outbox, State
from verbund.notify.servers import Wanted
from verbund.vault import handover
from verbund.vault.connection import Server
from verbund.vault.errors import SecretMissing
from verbund.vault.models import SecretOnTheWay
from verbund.vault.openbao import VaultStore
from verbund.vault.process import holdings
from verbund.vault.tokens import AppRoleIdentity

PASSWORD = "Möwe über dem Deich 7"
TO = "ada@example.org"


@pytest.fixture(autouse=True)
def _relay_of_the_association(settings):
    """Whatever leaves by the association's server in these tests is refused, so that nothing passes unseen."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9


def moved(services: Services) -> int:
    """What the provisioning worker does, with its own login at Vault."""
    credentials = Path(services.cli["VERBUND_VAULT_CREDENTIALS"])
    held = holdings()
    platform = held.own
    with closing(Server(services.cli["VERBUND_VAULT_ADDR"])) as server:
        held.own = VaultStore(server, AppRoleIdentity(server, credentials))
        try:
            return handover.move_all()
        finally:
            held.own = platform


def wanted(port: int, **changes: object) -> Wanted:
    given = Wanted(sender_address="amt@heideblick.example", host="127.0.0.1", port=port, security="NONE")
    return replace(given, **changes)


def set_server(port: int, *, password: str = "", **changes: object) -> MailServer:
    return servers.change_server(wanted=wanted(port, **changes), password=password, by=SYSTEM, at=clock.now())


def tried() -> str:
    return servers.try_server(to=TO, by=SYSTEM, at=clock.now())


def in_use(port: int, **changes: object) -> None:
    set_server(port, **changes)
    assert tried() == ""


def test_mail_leaves_by_the_own_server_only_after_a_trial(in_heideblick):
    with smtp_server() as received:
        set_server(received.port)
        Outbox.objects.all().delete()
        make_mail()
        assert delivery.deliver_due(at=clock.now()) == 0  # by the association's, which is away here

        assert tried() == ""
        Outbox.objects.update(next_try_at=clock.now())
        assert delivery.deliver_due(at=clock.now()) == 1

    assert [mail[0] for mail in received.mails] == ["amt@heideblick.example"] * 2
    assert b"@heideblick.example>" in received.mails[1][2]
    assert b"From: Gemeinde Heideblick <amt@heideblick.example>" in received.mails[1][2]


def test_mail_of_the_neighbour_never_leaves_by_it(heideblick, luckau):
    with smtp_server() as received:
        with context.enter(heideblick):
            in_use(received.port)
        received.mails.clear()
        with context.enter(luckau):
            make_mail()
            assert delivery.deliver_due(at=clock.now()) == 0
        assert received.mails == []


def test_a_copy_of_the_data_under_another_number_uses_the_association_s(in_heideblick):
    with smtp_server() as received:
        in_use(received.port)
        MailServer.objects.update(key="m_999999")
        assert servers.server_set() is None
        assert servers.server_in_use() is None


def test_the_password_reaches_the_server_before_and_after_it_lies_in_vault(
    in_heideblick, services, tmp_path, monkeypatch
):
    tls, trusted = certificate(tmp_path, name="127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with smtp_server(password=PASSWORD, starttls=tls) as received:
        server = set_server(received.port, security="STARTTLS", username="amt", password=PASSWORD)
        assert tried() == ""
        assert PASSWORD not in str(bytes(SecretOnTheWay.objects.get().content))

        assert moved(services) == 1
        assert not SecretOnTheWay.objects.exists()
        assert tried() == ""

    path = f"tenants/{in_heideblick.key}/smtp"
    assert holdings().store_of(in_heideblick.key).read(path)["password"] == PASSWORD
    assert received.logins == ["amt", "amt"]
    with pytest.raises(SecretMissing):  # of another revision
        handover.credentials("smtp", revision="older")
    servers.remove_server(by=SYSTEM, at=clock.now())
    with pytest.raises(SecretMissing):
        handover.credentials("smtp", revision=str(server.revision))
    moved(services)
    with pytest.raises(SecretMissing):
        holdings().store_of(in_heideblick.key).read(path)


def test_a_new_password_counts_at_once_although_the_old_one_is_in_memory(in_heideblick, services):
    old = set_server(25, host="smtp.a.example", username="amt", password="alt")
    moved(services)
    assert handover.credentials("smtp", revision=str(old.revision))["password"] == "alt"
    new = set_server(25, host="smtp.a.example", username="amt", password="neu")
    moved(services)
    assert handover.credentials("smtp", revision=str(new.revision))["password"] == "neu"


def test_a_password_is_never_shown_to_another_server_or_user(in_heideblick):
    set_server(25, host="smtp.a.example", username="amt", password="geheim")
    for changes in ({"host": "smtp.b.example"}, {"username": "ordnungsamt"}, {"port": 587}):
        with pytest.raises(Invalid) as refused:
            set_server(**{"port": 25, "host": "smtp.a.example", "username": "amt", **changes})
        assert "password" in refused.value.fields
    kept = set_server(25, host="smtp.a.example", username="amt", sender_address="neu@heideblick.example")
    assert handover.credentials("smtp", revision=str(kept.revision))["password"] == "geheim"


def test_tls_from_the_start_with_the_name_of_the_certificate(in_heideblick, tmp_path, monkeypatch):
    tls, trusted = certificate(tmp_path, name="127.0.0.1")
    with smtp_server(tls=tls) as received:
        set_server(received.port, security="TLS")
        assert tried() == "certificate"
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        assert tried() == ""


def test_each_refusal_names_its_reason(in_heideblick, tmp_path, monkeypatch):
    tls, trusted = certificate(tmp_path, name="127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with smtp_server(password=PASSWORD, starttls=tls) as strict, smtp_server() as plain:
        strict.only_sender = "nobody@heideblick.example"
        found = {
            "login": _outcome(strict.port, security="STARTTLS", username="amt", password="falsch"),
            "security": _outcome(plain.port, security="STARTTLS"),
            "no_login": _outcome(strict.port, username="amt", password="x"),
            "sender": _outcome(strict.port, security="STARTTLS", username="amt", password=PASSWORD),
            "no_answer": _outcome(9),
            "elsewhere": _outcome(8025, host="10.1.2.3"),
        }
    assert found == {name: name for name in found}
    assert {
        entry["refusal"]
        for entry in AuditEntry.objects.filter(action="notify.server.tried").values_list("changes", flat=True)
    } == set(found)


def _outcome(port: int, **changes: object) -> str:
    set_server(port, **changes)
    return tried()


@pytest.mark.parametrize(
    ("place", "is_open", "refused"),
    [
        (("10.1.2.3", 587), False, connecting.Elsewhere),
        (("169.254.169.254", 587), False, connecting.Elsewhere),
        (("::ffff:10.1.2.3", 587), False, connecting.Elsewhere),
        (("fd00::1", 465), False, connecting.Elsewhere),
        (("127.0.0.1", 25), False, connecting.Elsewhere),
        (("93.184.216.34", 8080), False, connecting.Elsewhere),
        (("93.184.216.34", 25), True, connecting.Unprotected),
        (("93.184.216.34", 587), False, None),
        (("10.20.0.9", 2525), True, None),
    ],
)
def test_where_a_server_may_stand_in_production(settings, monkeypatch, place, is_open, refused):
    address, port = place
    networks = {"mode": "production", "own_mail_networks": (ip_network("10.20.0.0/16"),)}
    settings.VERBUND = settings.VERBUND.model_copy(update=networks)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", (address, port))])
    if refused is None:
        assert connecting.checked_address("smtp.a.example", port, is_open=is_open) == address
        return
    with pytest.raises(refused):
        connecting.checked_address("smtp.a.example", port, is_open=is_open)


def test_the_address_that_was_checked_is_the_one_connected_to(in_heideblick, monkeypatch):
    """The name leads elsewhere a moment later (DNS rebinding): nobody asks for it a second time."""
    asked: list[str] = []
    resolve = socket.getaddrinfo

    def once(host: str, *arguments: object, **options: object) -> object:
        asked.append(host)
        return resolve("127.0.0.1" if asked.count(host) == 1 else "10.1.2.3", *arguments, **options)

    with smtp_server() as received:
        set_server(received.port, host="smtp.heideblick.example")
        monkeypatch.setattr(socket, "getaddrinfo", once)
        assert tried() == ""
    assert asked.count("smtp.heideblick.example") == 1


def test_the_doctor_says_whose_server_is_away(in_heideblick):
    with smtp_server() as received:
        in_use(received.port)
    Outbox.objects.all().delete()
    make_mail()
    Outbox.objects.update(queued_at=clock.now().replace(year=2020))
    assert delivery.deliver_due(at=clock.now()) == 0
    assert Outbox.objects.get().state == State.QUEUED
    with translation.override("de"):
        (found,) = (item for item in checks.look_at_outbox(in_heideblick) if item.code == "mail_waiting")
    assert "eigenen Mailserver 127.0.0.1" in found.message


def test_mail_waits_when_the_password_is_gone(in_heideblick):
    with smtp_server() as received:
        in_use(received.port)
        MailServer.objects.update(username="amt")
        Outbox.objects.all().delete()
        make_mail()
        assert delivery.deliver_due(at=clock.now()) == 0
    assert Outbox.objects.get().last_error == "SecretMissing"


def test_nothing_of_the_password_stands_in_the_record(in_heideblick):
    set_server(25, host="smtp.a.example", username="amt", password="geheim4711")
    rows = AuditEntry.objects.filter(action__startswith="notify.server")
    assert rows.count() == 1
    assert "geheim4711" not in str(list(rows.values()))
