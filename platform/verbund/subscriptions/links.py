# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of a subscription's pages, for its mails; whoever has one may change and end it."""

from __future__ import annotations

from django.urls import reverse

from verbund.notify.api import absolute_url
from verbund.subscriptions.models import Subscription


def manage_url(row: Subscription) -> str:
    return _url("subscriptions:manage", row)


def unsubscribe_url(row: Subscription) -> str:
    """Answers mail programs too (RFC 8058)."""
    return _url("subscriptions:unsubscribe", row)


def _url(name: str, row: Subscription) -> str:
    path = reverse(name, urlconf="verbund.config.urls.municipality", kwargs={"secret": row.secret})
    return absolute_url(path)
