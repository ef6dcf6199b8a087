# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One municipality full of reports among others, its pages asked for as a browser does. Imported after Django's setup."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client

from bench.migrating import member
from tenants import directory
from tenants.database.targets import as_owner
from tenants.models import Host, ModuleActivation, Tenant
from tenants.schema_engine.migrations import migrate_all
from tests.factories.accounts import make_person
from tests.factories.sessions import session_key
from verbund.cases.models import Contact, StatusLink
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality, municipality_key
from verbund.kernel.ports import StepContext
from verbund.modules.defects.provision import make_categories

HOST, EMAIL_INDEX = "m1.bench.localhost", b"a citizen's address"
COLLEAGUES, OWN = 12, 8
PATHS = {
    "inbox": "/verwaltung/",
    "inbox, own cases": "/verwaltung/?ansicht=meine",
    "inbox, overdue": "/verwaltung/?ansicht=ueberfaellig",
    "inbox, words looked for": "/verwaltung/?q=dorfstra%C3%9Fe+77",
}
# Half of them are open; every twelfth colleague's, every third late, every twentieth put off.
CASES = """
INSERT INTO cases_case (kind, reference, subject, state, phase, is_new, opened_at, received_at, closed_at, due_on,
    usual_due_on, resume_on, assignee_id)
SELECT 'defects.report', 'M-2026-' || lpad(n::text, 6, '0'), 'Straßenlaterne, Dorfstraße ' || mod(n, 400),
    CASE WHEN mod(n, 2) = 0 THEN 'IN_PROGRESS' ELSE 'DONE' END, CASE WHEN mod(n, 2) = 0 THEN 'open' ELSE 'closed' END,
    mod(n, 10) = 0, at, at, CASE WHEN mod(n, 2) = 1 THEN at END,
    CASE WHEN mod(n, 2) = 0 THEN current_date + mod(n, 90) - 30 END,
    CASE WHEN mod(n, 2) = 0 THEN current_date + mod(n, 90) - 30 END,
    CASE WHEN mod(n, 20) = 0 THEN current_date + 20 END,
    (SELECT min(id) FROM accounts_person) + mod(n, %(colleagues)s)
FROM generate_series(%(first)s, %(last)s) AS made (n),
    LATERAL (SELECT now() - n * interval '5 minutes') AS moment (at)
"""
REPORTS = """
WITH wanted AS (
    SELECT c.*, nextval(pg_get_serial_sequence('places_location', 'id')) AS location_id
    FROM cases_case c LEFT JOIN defects_report r ON r.case_id = c.id WHERE r.id IS NULL
), located AS (
    INSERT INTO places_location (id, address, box)
    SELECT location_id, 'Dorfstraße 1', box(point(13.7, 51.7), point(13.7, 51.7)) FROM wanted
)
INSERT INTO defects_report (case_id, reference, category_id, state, state_before, location_id,
    place_note, description, public_description, source, submitted_at, received_at, updated_at, closed_at, forwarded_to)
SELECT c.id, c.reference, (SELECT min(id) FROM defects_category), c.state, '', c.location_id, '',
    'Dunkel seit Montag.', 'Die Laterne ist dunkel.', 'web', c.opened_at, c.received_at, c.opened_at, c.closed_at, ''
FROM wanted c
"""
ENTRIES = """
INSERT INTO cases_timelineentry (case_id, at, kind, is_public, state, text, forwarded_to, author_kind, author_id)
SELECT c.id, c.opened_at + step * interval '1 hour', 'STATE', step < 3, c.state, 'Wir kümmern uns.', '', 'system', ''
FROM cases_case c CROSS JOIN generate_series(1, 4) AS steps (step)
WHERE NOT EXISTS (SELECT FROM cases_timelineentry t WHERE t.case_id = c.id)
"""
OWNERS = """
INSERT INTO cases_contact (case_id, email_index)
SELECT id, CASE WHEN id IN (SELECT id FROM cases_case ORDER BY id DESC LIMIT %(own)s)
    THEN %(own_index)s::bytea ELSE decode(md5(id::text), 'hex') END
FROM cases_case c WHERE NOT EXISTS (SELECT FROM cases_contact k WHERE k.case_id = c.id)
"""


@dataclass
class BusyTown:
    """The first of the members, with a clerk's browser and a citizen's."""

    rows: int = 0
    members: list[str] = field(default_factory=list)
    status_page: str = ""
    clerk: Client = field(default_factory=lambda: Client(HTTP_HOST=HOST))
    citizen: Client = field(default_factory=lambda: Client(HTTP_HOST=HOST))

    def carry_out(self, order: dict[str, Any]) -> dict[str, Any]:
        match order["do"]:
            case "members":
                return {"made": self.make_members(order["number"])}
            case "fill":
                self.fill(order["rows"])
                return {}
            case _:
                return {"milliseconds": self.ask(order["page"], order["repeats"])}

    def make_members(self, number: int) -> list[str]:
        migrate_all()
        self.members = [member(municipality_key, place) for place in range(number)]
        with context.enter_association():
            tenant = Tenant.objects.get(schema_name=self.members[0])
            Host.objects.create(tenant=tenant, domain=HOST, is_primary=True)
            ModuleActivation.objects.create(tenant=tenant, module="defects", active_from=clock.now())
        directory.forget()
        make_categories(StepContext(municipality=self._municipality(), at=clock.now()))
        with context.enter(self._municipality()):
            people = [make_person("clerk") for _number in range(COLLEAGUES)]
            self.clerk.cookies["sessionid"] = session_key(people[0])
        return self.members

    def fill(self, rows: int) -> None:
        """Bring it to that many cases; a citizen's eight newest are the last ones."""
        with context.enter(self._municipality()), connection.cursor() as cursor:
            cursor.execute(CASES, {"colleagues": COLLEAGUES, "first": self.rows + 1, "last": rows})
            Contact.objects.filter(email_index=EMAIL_INDEX).delete()
            cursor.execute(REPORTS)
            cursor.execute(ENTRIES)
            cursor.execute(OWNERS, {"own": OWN, "own_index": EMAIL_INDEX})
            secret, now = secrets.token_urlsafe(32), clock.now()
            StatusLink.objects.create(
                secret_hash=hashlib.sha256(secret.encode()).hexdigest(),
                email_index=EMAIL_INDEX,
                made_at=now,
                expires_at=now + timedelta(days=1),
            )
        with as_owner(self.members[0]), connection.cursor() as cursor:  # as autovacuum does it
            for table in ("cases_case", "cases_timelineentry", "cases_contact", "defects_report"):
                cursor.execute(f"VACUUM ANALYZE {table}")
        self.rows, self.status_page = rows, f"/anliegen/{secret}/"

    def ask(self, page: str, repeats: int) -> list[float]:
        """Milliseconds of each request.

        Raises:
            RuntimeError: the page came without a case.
        """
        client, path = (self.clerk, PATHS[page]) if page in PATHS else (self.citizen, self.status_page)
        milliseconds = []
        for _number in range(repeats):
            begin = time.perf_counter()
            answer = client.get(path)
            milliseconds.append((time.perf_counter() - begin) * 1000)
            if "M-2026-" not in answer.content.decode():
                raise RuntimeError(f"{page}: {answer.status_code}, no case on it")
        return milliseconds

    def _municipality(self) -> Municipality:
        found = directory.by_key(self.members[0])
        assert found is not None
        return found
