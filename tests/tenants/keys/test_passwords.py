# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The database's passwords change while requests go on, and a change that was interrupted is completed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections
from django.test import Client
from psycopg import sql

from tenants.keys import passwords
from tenants.keys.passwords import LOGINS, LoginLost, rotate_password
from tests.harness.services import Services
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Conflict
from verbund.vault import logins, process
from verbund.vault.errors import AccessDenied
from verbund.vault.process import Holdings

APP = "association/db"
REFERENCE = LOGINS["app"].reference
pytestmark = pytest.mark.django_db(transaction=True)


def set_password(services: Services, password: str) -> None:
    """As a database administrator would, without us."""
    with psycopg.connect(services.superuser_dsn, autocommit=True) as admin:
        admin.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier("verbund_app"), sql.Literal(password))
        )


def opens(password: str) -> bool:
    host, port = connection.settings_dict["HOST"], connection.settings_dict["PORT"]
    name = connection.settings_dict["NAME"]
    try:
        psycopg.connect(host=host, port=port, dbname=name, user="verbund_app", password=password).close()
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            return False
        raise
    return True


@pytest.fixture(autouse=True)
def password(services: Services, provisioner: Holdings) -> Iterator[str]:
    """The password before; it is put back, because other tests of this run stand on it."""
    before = dict(provisioner.own.read(APP))
    yield before["app_password"]
    set_password(services, before["app_password"])
    provisioner.own.write(APP, before)


def rotate() -> None:
    rotate_password("app", by=SYSTEM, at=clock.now())


def actions() -> list[str]:
    with context.enter_association():
        return list(
            AuditEntry.objects.filter(subject="vault.login:verbund_app")
            .order_by("pk")
            .values_list("action", flat=True)
        )


def test_no_request_fails_while_the_password_changes(
    heideblick: Municipality, password: str, monkeypatch: pytest.MonkeyPatch
):
    """Each request connects anew, in eight threads, while the password changes five times."""
    looks: list[str] = []
    read_again = logins.read_again
    monkeypatch.setattr(
        logins, "read_again", lambda reference: looks.append(reference) or read_again(reference)
    )
    ended = threading.Event()
    answers: list[int] = []

    def ask() -> None:
        client = Client(HTTP_HOST=heideblick.hosts[0], raise_request_exception=False)
        while not ended.is_set():
            answers.append(client.get("/").status_code)
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        askers = [pool.submit(ask) for _ in range(8)]
        try:
            for _change in range(5):
                before = len(answers)
                rotate()
                while len(answers) < before + 16 and not all(asker.done() for asker in askers):
                    ended.wait(0.01)
        finally:
            ended.set()
        for asker in askers:
            asker.result()

    assert len(answers) >= 80
    assert set(answers) == {200}
    assert len(looks) >= 5  # so the load has met every change
    assert not opens(password)
    assert actions() == ["vault.password.begun", "vault.password.rotated"] * 5


@pytest.mark.parametrize("crash", ["staged", "in force"])
def test_a_change_that_was_interrupted_locks_nobody_out_and_is_completed(
    monkeypatch: pytest.MonkeyPatch, provisioner: Holdings, password: str, crash: str
):
    class Killed(BaseException):
        pass

    def die(*_arguments: object) -> None:
        raise Killed

    place = {"staged": (passwords, "_change"), "in force": (logins, "settle")}[crash]
    with monkeypatch.context() as broken:
        broken.setattr(*place, die)
        with pytest.raises(Killed):
            rotate()
    staged = provisioner.own.read(APP)
    assert [opens(staged["app_password"]), opens(staged["app_password_next"])] == (
        [True, False] if crash == "staged" else [False, True]
    )

    connection.close()
    with context.enter_association(), connection.cursor() as cursor:  # a process that remembers the old one
        cursor.execute("SELECT 1")
    connection.close()
    process.holdings().installation_secrets.forget(APP)  # and one that has just been started
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    rotate()

    assert provisioner.own.read(APP) == {"app_password": staged["app_password_next"]}
    assert opens(staged["app_password_next"])
    assert not opens(password)
    assert actions() == ["vault.password.begun"] * 2 + ["vault.password.rotated"]


def test_two_changes_at_once_are_refused(heideblick: Municipality, monkeypatch: pytest.MonkeyPatch):
    refused: list[type[BaseException]] = []
    change = passwords._change

    def meanwhile(*arguments: object) -> None:
        def second() -> None:
            try:
                rotate()
            except Conflict as conflict:
                refused.append(type(conflict))
            connections.close_all()

        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
        change(*arguments)

    monkeypatch.setattr(passwords, "_change", meanwhile)
    rotate()

    assert refused == [Conflict]
    assert actions() == ["vault.password.begun", "vault.password.begun", "vault.password.rotated"]


def test_a_login_that_no_known_password_opens_is_named_and_stays(services: Services, provisioner: Holdings):
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")  # connected before, as a running process is
    set_password(services, "gesetzt-von-anderen")

    with pytest.raises(LoginLost):
        rotate()

    assert opens("gesetzt-von-anderen")
    assert "app_password_next" in provisioner.own.read(APP)


def test_the_platforms_identity_may_not_change_it(services: Services, password: str):
    process.forget()  # back to the web process's own identity

    with pytest.raises(AccessDenied):
        rotate()

    assert opens(password)
    assert actions() == ["vault.password.begun"]


def test_a_failing_connection_for_another_reason_asks_vault_nothing(provisioner: Holdings):
    connection.close()
    parameters = connection.get_connection_params() | {"dbname": "gibt_es_nicht"}

    with pytest.raises(psycopg.OperationalError, match=r"gibt_es_nicht"):
        connection.get_new_connection(parameters)


@pytest.fixture
def shown() -> Iterator[set[bytes]]:
    """Every command line and environment on this machine, looked at all the while."""
    ended, seen = threading.Event(), set()

    def look() -> None:
        while not ended.is_set():
            for folder in Path("/proc").glob("[0-9]*"):
                for name in ("cmdline", "environ"):
                    try:
                        seen.add((folder / name).read_bytes())
                    except OSError:
                        continue  # ended meanwhile, or not ours to read
            ended.wait(0.1)

    watcher = threading.Thread(target=look)
    watcher.start()
    yield seen
    ended.set()
    watcher.join()


def test_the_command_changes_both_logins_and_shows_no_password(
    cli, provisioner: Holdings, password: str, shown: set[bytes]
):
    owner_before = provisioner.own.read("provisioning/db")["owner_password"]
    done = cli("vault", "rotate", "--json", alone=True)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "logins": [
            {"login": "app", "role": "verbund_app", "state": "rotated", "message": ""},
            {"login": "owner", "role": "verbund_owner", "state": "rotated", "message": ""},
        ]
    }
    after = [
        provisioner.own.read(APP)["app_password"],
        provisioner.own.read("provisioning/db")["owner_password"],
    ]
    assert not {password, owner_before}.intersection(after)
    assert not [secret for secret in (*after, password, owner_before) if secret in done.stdout + done.stderr]
    assert opens(after[0])
    processes = b"".join(list(shown))
    assert b"rotate\0--json" in processes  # so the watcher has seen it run
    assert not [secret for secret in (*after, password, owner_before) if secret.encode() in processes]
