# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody of the association was granted, in the municipality's own schema."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.kernel.ids import uuid7
from verbund.support.states import UNFINISHED, WAITS, State

STATE_LABELS = {
    State.WAITING: _("wartet auf Freigabe"),
    State.OPEN: _("offen"),
    State.REFUSED: _("abgelehnt"),
    State.ENDED: _("beendet"),
}
_HASH_LENGTH = 64


class Grant(models.Model):
    """One access of one operator. ``operator`` is the person's key in the association, not here.

    The name is kept in clear: the notice on every page must not depend on Vault. Of the one-time link only the
    SHA-256 is kept; ``session_mark`` names the session that followed the last one, so that a newer one ends it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    operator = models.BigIntegerField()
    operator_name = models.CharField(max_length=150)
    reason = models.CharField(max_length=300)
    may_change = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=8, choices=[(state.value, label) for state, label in STATE_LABELS.items()]
    )
    requested_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=20, blank=True)
    link_hash = models.CharField(max_length=_HASH_LENGTH, blank=True)
    link_host = models.CharField(max_length=253, blank=True)
    link_expires_at = models.DateTimeField(null=True)
    session_mark = models.CharField(max_length=_HASH_LENGTH, blank=True)

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["operator"],
                condition=models.Q(state__in=[state.value for state in UNFINISHED]),
                name="support_grant_one_unfinished",
            ),
        ]

    def is_open(self, at: datetime) -> bool:
        """Whether it lets somebody in; one that came here in an archive was granted to people of elsewhere."""
        is_open = self.state == State.OPEN and self.ends_at is not None and at < self.ends_at
        return is_open and not self._came_from_elsewhere()

    def is_waiting(self, at: datetime) -> bool:
        is_waiting = self.state == State.WAITING and at < self.requested_at + WAITS
        return is_waiting and not self._came_from_elsewhere()

    def _came_from_elsewhere(self) -> bool:
        scope = (
            context.current_or_none()
        )  # who is let in is decided in the municipality; elsewhere it is only shown
        restored_at = scope.restored_at if isinstance(scope, Municipality) else None
        return restored_at is not None and self.requested_at <= restored_at

    @property
    def state_label(self) -> str:
        return str(STATE_LABELS[State(self.state)])


class SupportSettings(models.Model):
    """What the municipality demands; one row at most."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    needs_approval = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="support_settings_single")]
