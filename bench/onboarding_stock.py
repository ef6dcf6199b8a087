# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stock django-tenants' process of part (b): makes a tenant by `auto_create_schema`, that is by all migrations."""

from __future__ import annotations

import time
from typing import Any

import django
from django.conf import settings

from bench.orders import serve


def main() -> None:
    django.setup()
    if settings.AS_IT_COMES:
        _give_back_handlers()
    from django.core.management import call_command  # noqa: PLC0415 (after setup)
    from django.db import connection  # noqa: PLC0415

    from tenants.schema_engine import template  # noqa: PLC0415

    call_command("migrate_schemas", shared=True, verbosity=0, interactive=False)
    # As the template of our fast way: its rendered structure fills the database up.
    _make_role(template.NAME)
    _create(template.NAME)
    connection.set_schema_to_public()
    rendered = template.render()
    count = 0

    def next_name() -> str:
        nonlocal count
        count += 1
        name = f"{'s' if settings.AS_IT_COMES else 'same'}_{count}"
        _make_role(name)
        return name

    def carry_out(order: dict[str, Any]) -> dict[str, Any]:
        if order["do"] == "fill":
            names = [next_name() for _missing in range(count, order["upto"])]
            for name in names:
                _replay(name, template.for_schema(rendered, name))
            return {"made": names}
        name = next_name()
        begin = time.perf_counter()
        _create(name)
        return {"seconds": time.perf_counter() - begin, "made": [name]}

    serve(carry_out)


def _create(name: str) -> None:
    from django.db import connection  # noqa: PLC0415 (after setup)

    from bench.customers.models import Customer  # noqa: PLC0415

    connection.set_schema_to_public()
    Customer(schema_name=name, name=name).save(verbosity=0)


def _replay(name: str, structure: str) -> None:
    from django.db import connection, transaction  # noqa: PLC0415 (after setup)

    from bench.customers.models import Customer  # noqa: PLC0415

    connection.set_schema_to_public()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {name}")
        cursor.execute(structure)
        Customer.objects.bulk_create([Customer(schema_name=name, name=name)])


def _give_back_handlers() -> None:
    """Undo what our tenants app does in its ready(): it is installed here because the other apps import it."""
    from django.contrib.auth.management import create_permissions  # noqa: PLC0415 (after setup)
    from django.contrib.contenttypes.management import create_contenttypes  # noqa: PLC0415
    from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415
    from django.db.models.signals import post_migrate  # noqa: PLC0415

    ContentType.objects._cache = {}  # noqa: SLF001 (where our app keeps its own)
    post_migrate.connect(create_contenttypes)
    post_migrate.connect(create_permissions)


def _make_role(name: str) -> None:
    """Our migrations take rights from the role that is named like the schema; stock has none, so it is given one."""
    from django.db import connection  # noqa: PLC0415 (after setup)

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {name} NOLOGIN")


if __name__ == "__main__":
    main()
