# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Doctor asks the registry: is the database as the program wants it, do the hosts lead here."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from tenants import directory
from tenants.models import Tenant
from tenants.schema_engine.migrations import fingerprint
from tenants.states import State
from verbund.kernel import context
from verbund.kernel.context import ASSOCIATION, Municipality
from verbund.kernel.ports import Diagnosis

_RIGHTS = """
    SELECT current_schema() = current_user
             AND NOT rolcanlogin AND NOT rolinherit AND NOT rolsuper AND NOT rolcreaterole AND NOT rolbypassrls,
           has_schema_privilege(current_user, current_schema(), 'USAGE')
             AND NOT has_schema_privilege(current_user, current_schema(), 'CREATE'),
           NOT has_schema_privilege(current_user, %s, 'USAGE')
    FROM pg_roles WHERE rolname = current_user
"""
_UNREADABLE = """
    SELECT count(*) FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
      AND NOT has_table_privilege(current_user, oid, 'SELECT')
"""


def look_at_schema(municipality: Municipality) -> Iterator[Diagnosis]:
    """Version of the structure, and the rights of the role."""
    with context.enter_association():
        tenant = Tenant.objects.get(pk=municipality.number)
    if tenant.schema_fingerprint != fingerprint():
        yield _error(
            "schema_behind",
            _("Die Datenbank ist nicht auf dem Stand des Programms. Abhilfe: verbund migrate. %(reason)s")
            % {"reason": tenant.state_message},
        )
    with connection.cursor() as cursor:
        cursor.execute(_RIGHTS, [ASSOCIATION.key])
        is_plain, is_reader, is_apart = cursor.fetchone() or (False, False, False)
        cursor.execute(_UNREADABLE)
        unreadable = cursor.fetchone()[0]
    if not is_plain:
        yield _error("role_too_strong", _("Die Datenbankrolle darf mehr, als sie soll, oder heißt falsch."))
    if not is_reader or unreadable:
        yield _error("grants_wrong", _("Die Rechte der Datenbankrolle im eigenen Schema stimmen nicht."))
    if not is_apart:
        yield _error("not_apart", _("Die Datenbankrolle kommt an das Schema des Verbands."))
    if tenant.schema_fingerprint == fingerprint() and is_plain and is_reader and is_apart and not unreadable:
        yield Diagnosis(code="schema", level="ok", message=_("Schema, Rolle und Rechte stimmen."))


def look_at_hosts(municipality: Municipality) -> Iterator[Diagnosis]:
    """Whether people find it."""
    with context.enter_association():
        tenant = Tenant.objects.get(pk=municipality.number)
        serving = directory.serving_hosts(tenant)
        is_primary = any(host.is_primary for host in serving)
    if not is_primary:
        yield _error(
            "no_primary_host", _("Kein Host steht in Links und E-Mails. Bitte unter Stammdaten setzen.")
        )
    if tenant.state != State.ACTIVE:
        yield Diagnosis(
            code="not_serving",
            level="warning",
            message=_("Zustand: %(state)s. Die Hosts antworten nicht.") % {"state": tenant.state_label},
        )
        return
    found = {host.domain: directory.by_host(host.domain) for host in serving}
    lost = [host for host, owner in found.items() if owner is None or owner.number != municipality.number]
    if lost:
        yield _error(
            "host_lost", _("Diese Hosts führen nicht hierher: %(hosts)s") % {"hosts": ", ".join(lost)}
        )
    elif is_primary:
        yield Diagnosis(code="hosts", level="ok", message=_("Alle Hosts führen hierher."))


def _error(code: str, message: str) -> Diagnosis:
    return Diagnosis(code=code, level="error", message=message.strip())
