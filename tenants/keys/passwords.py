# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changes the passwords of the database's logins while requests go on; safe to repeat after a crash at any point.

First the new password lies in Vault beside the old one, then PostgreSQL gets it, then it is the only one in Vault.
Each login changes its own password: no login needs a right over another one for it.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg import sql

from verbund.audit import api as audit
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, DomainError, Unavailable
from verbund.kernel.msgids import gettext_noop
from verbund.vault import logins


@dataclass(frozen=True, slots=True)
class Login:
    """A role that signs in, and where its password lies."""

    role: str
    reference: str


LOGINS: Final = {
    "app": Login("verbund_app", "vault:association/db#app_password"),
    "owner": Login("verbund_owner", "vault:provisioning/db#owner_password"),
}


class LoginLost(DomainError):
    """Neither password in Vault opens the login: somebody changed it without us."""

    code = "login_lost"
    message = gettext_noop(
        "Kein hinterlegtes Passwort öffnet diese Datenbankanmeldung."
        " Setzen Sie es als Datenbankadministration neu: docs/operations/secrets.md, Abschnitt Notfall."
    )


def rotate_password(name: str, *, by: Actor, at: datetime) -> None:
    """Give a login (`app` or `owner`) a new password; where a change was interrupted, that one is completed.

    Needs the provisioner's identity. The row that it began stays whatever happens; the row that it is done
    is written with the last step.

    Raises:
        Conflict: somebody changes it just now.
        LoginLost: no password in Vault opens it.
        AccessDenied, VaultUnavailable: Vault does not play along; nothing is in force that it does not know.
    """
    login = LOGINS[name]
    subject = f"vault.login:{login.role}"
    with context.enter_association():
        with transaction.atomic():
            audit.record(action="vault.password.begun", subject=subject, by=by, at=at)
        with transaction.atomic():
            _take_turn(login)
            staged = logins.stage(login.reference)
            if not _opens(login, staged.next):
                _change(login, staged)
            logins.settle(login.reference)
            audit.record(action="vault.password.rotated", subject=subject, by=by, at=at)


def _take_turn(login: Login) -> None:
    """Keep others out until this transaction ends: two new passwords at once would lock everybody out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [f"tenants.keys/{login.role}"])
        row = cursor.fetchone()
    if not row[0]:
        raise Conflict(_("Dieses Passwort wird gerade schon gewechselt."))


def _change(login: Login, staged: logins.Staged) -> None:
    try:
        with closing(_connect(login, staged.present)) as own:
            # Hashed on this side, so that the clear text is in no statement, activity view or log.
            verifier = own.pgconn.encrypt_password(
                staged.next.encode(), login.role.encode(), b"scram-sha-256"
            ).decode()
            own.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(login.role), sql.Literal(verifier))
            )
    except psycopg.OperationalError as error:
        raise _explained(error) from None
    if not _opens(login, staged.next):
        raise LoginLost


def _opens(login: Login, password: str) -> bool:
    try:
        _connect(login, password).close()
    except psycopg.OperationalError as error:
        if _is_wrong_password(error):
            return False
        raise _explained(error) from None
    return True


def _connect(login: Login, password: str) -> psycopg.Connection:
    database = settings.DATABASES["default"]
    parameters = {
        **database["OPTIONS"],
        "host": database["HOST"],
        "port": database["PORT"],
        "dbname": database["NAME"],
        "user": login.role,
        "password": password,
        "application_name": "verbund-rotation",
    }
    return psycopg.connect(autocommit=True, **parameters)


def _explained(error: psycopg.OperationalError) -> DomainError:
    return LoginLost() if _is_wrong_password(error) else Unavailable()


def _is_wrong_password(error: psycopg.OperationalError) -> bool:
    return "password authentication failed" in str(error)
