# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One table, as a small service module might have it."""

from __future__ import annotations

from django.db import models


class Notice(models.Model):
    """Something a municipality has put up; ``owner`` says whose, so that every answer can be checked."""

    owner = models.CharField(max_length=63)
    title = models.CharField(max_length=200)
    text = models.TextField()
    put_up_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-put_up_at"]
