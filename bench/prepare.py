# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes the schemas and rows of one stack, each in the stack's own way; prints whom a request may visit."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import TypedDict

import django
from django.conf import settings

USER = "sachbearbeitung"
NOTICES = 30


class Visit(TypedDict):
    """One host with a signed-in session, and whose rows have to come back."""

    host: str
    session: str
    owner: str


def main() -> None:
    count = int(sys.argv[1])
    django.setup()
    kind = settings.SETTINGS_MODULE.rsplit(".", 1)[-1]
    visits = {"plain": _plain, "stock": _stock, "ours": _ours}[kind](count)
    sys.stdout.write(json.dumps(visits))


def _plain(count: int) -> list[Visit]:
    _migrate()
    session = _fill("plain")
    return [Visit(host=f"t{number}.localhost", session=session, owner="plain") for number in range(count)]


def _stock(count: int) -> list[Visit]:
    from django.core.management import call_command  # noqa: PLC0415 (after setup)
    from django.db import connection  # noqa: PLC0415

    from bench.customers.models import Customer, CustomerDomain  # noqa: PLC0415

    call_command("migrate_schemas", shared=True, verbosity=0, interactive=False)
    visits = []
    for number in range(count):
        connection.set_schema_to_public()
        customer = Customer(schema_name=f"t_{number}", name=f"Kunde {number}")
        customer.save(verbosity=0)
        host = f"t{number}.localhost"
        CustomerDomain.objects.create(domain=host, tenant=customer, is_primary=True)
        connection.set_tenant(customer)
        visits.append(Visit(host=host, session=_fill(customer.schema_name), owner=customer.schema_name))
    return visits


def _ours(count: int) -> list[Visit]:
    from tenants.database.targets import as_owner  # noqa: PLC0415 (after setup)
    from tenants.schema_engine import roles  # noqa: PLC0415
    from tenants.schema_engine.migrations import migrate_schema  # noqa: PLC0415
    from verbund.kernel import context  # noqa: PLC0415
    from verbund.kernel.context import ASSOCIATION, municipality_key  # noqa: PLC0415

    roles.prepare_database()
    migrate_schema(ASSOCIATION.key)
    visits = []
    for number in range(FIRST_NUMBER, FIRST_NUMBER + count):
        key, host = municipality_key(number), f"t{number}.localhost"
        with as_owner(roles.NOWHERE):
            roles.make_schema(key)
        migrate_schema(key)
        with as_owner(key):
            session = _fill(key)
        with context.enter_association():
            _register(number, key, host)
        visits.append(Visit(host=host, session=session, owner=key))
    return visits


FIRST_NUMBER = 990_001


def _register(number: int, key: str, host: str) -> None:
    from django.utils import timezone  # noqa: PLC0415 (after setup)

    from tenants.models import Host, Tenant  # noqa: PLC0415
    from tenants.states import State  # noqa: PLC0415

    tenant = Tenant.objects.create(
        number=number,
        schema_name=key,
        slug=f"t{number}",
        name=f"Ort {number}",
        sort_key=f"ort {number}",
        kind="gemeinde",
        state=State.ACTIVE,
        requested_at=timezone.now(),
    )
    Host.objects.create(domain=host, tenant=tenant, is_primary=True)


def _migrate() -> None:
    from django.core.management import call_command  # noqa: PLC0415 (after setup)

    call_command("migrate", verbosity=0, interactive=False)


def _fill(owner: str) -> str:
    """Rows that name their owner, an account, and a session that is signed in; gives the session's key."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from bench.notices.models import Notice  # noqa: PLC0415

    now = timezone.now()
    Notice.objects.bulk_create(
        Notice(
            owner=owner, title=f"Aushang {number}", text="Text. " * 40, put_up_at=now - timedelta(days=number)
        )
        for number in range(NOTICES)
    )
    user = User.objects.create(username=USER, password="!")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    main()
