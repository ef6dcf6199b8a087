# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why the database refuses to work: always fail closed."""

from __future__ import annotations

from django.db import OperationalError


class NoTenant(OperationalError):
    """A statement was about to run while nothing was entered.

    An OperationalError, so that Django's makemigrations warns instead of stopping.
    """


class SwitchFailed(OperationalError):
    """Role and path could not be set or did not verify; the connection was closed."""


class OwnerOnly(OperationalError):
    """Schema changes were asked for in a process that does not hold the owner's login."""
