# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the other packages write the audit record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from verbund.audit.models import AuditEntry
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import DomainError

_LONGEST_REASON = 500


class OutsideTransaction(DomainError):
    """A row was to be written outside the transaction of the change it is about."""

    code = "audit_outside_transaction"
    status = 500
    message = "Das Protokoll wird nur zusammen mit der Änderung geschrieben."


def record(
    *,
    action: str,
    subject: str,
    by: Actor,
    at: datetime,
    changes: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write one row about a change, in the transaction and the schema of the change.

    ``action`` is `package.noun.verb`, ``subject`` is `package.noun:<id>`. ``changes`` names changed fields with
    values that identify nobody; for the others the name alone, with None.

    Raises:
        OutsideTransaction: no transaction is open.
        NoContext: neither a municipality nor the association is entered.
    """
    context.current()
    if not connection.in_atomic_block:
        raise OutsideTransaction
    AuditEntry.objects.create(
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_role=by.role,
        acting_for=by.acting_for,
        action=action,
        subject=subject,
        changes=dict(changes or {}),
        reason=reason[:_LONGEST_REASON],
        request_id=context.request_id(),
    )


def record_read(*, action: str, subject: str, by: Actor, at: datetime, fields: Iterable[str] = ()) -> None:
    """Write one row about personal data that was read; opens a transaction where none is open."""
    with transaction.atomic():
        record(action=action, subject=subject, by=by, at=at, changes=dict.fromkeys(fields))
