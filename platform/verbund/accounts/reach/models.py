# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One row for each member a person of the association is limited to, in the association's schema."""

from __future__ import annotations

from django.db import models

from verbund.accounts.models import Person


class Reach(models.Model):
    """``tenant`` is a member's number. A person without a row looks after all members."""

    # People of municipalities have no such table beside them: Django must not look for rows when one of them goes.
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="reach")
    tenant = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "tenant"], name="accounts_reach_once")]
