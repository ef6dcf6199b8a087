# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mails that wait."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.notify.api import queue_mail
from verbund.notify.models import Outbox


def make_mail(**changed: Any) -> Outbox:
    """A link to the status page for Ada."""
    values = {
        "to": "ada@example.org",
        "template": "cases/status_link",
        "context": {"expires_at": clock.now()},
        "by": SYSTEM,
        "at": clock.now(),
        **changed,
    }
    with transaction.atomic():
        return Outbox.objects.get(pk=queue_mail(**values))
