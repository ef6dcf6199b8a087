# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""New links to a status page: asked for on its form, or put into a mail about a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from verbund.audit import api as audit
from verbund.cases.models import StatusLink
from verbund.cases.spine import index_of
from verbund.kernel import ids
from verbund.kernel.actors import Actor
from verbund.notify.api import absolute_url

VALID = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """The only moment at which the whole address is known: the database keeps a hash."""

    id: int
    url: str
    expires_at: datetime


def make_link(*, email: str, about: str, by: Actor, at: datetime, was_asked_for: bool) -> NewLink:
    """A link to all cases of that address; ``about`` is the number of the case that gave the occasion.

    It may go only to ``email`` itself. Opening it changes nothing, so programs that check mails may do so too. What we
    put into mails of our own does not count to how many links an address may ask for in a day.
    """
    secret = ids.link_secret()
    link = StatusLink.objects.create(
        secret_hash=ids.hash_of_secret(secret),
        email_index=index_of(email),
        made_at=at,
        expires_at=at + VALID,
        was_asked_for=was_asked_for,
    )
    audit.record(
        action="cases.link.sent",
        subject=f"cases.link:{link.pk}",
        by=by,
        changes={"case": about},
        at=at,
    )
    path = reverse("cases:status", kwargs={"secret": secret}, urlconf="verbund.config.urls.municipality")
    return NewLink(id=link.pk, url=absolute_url(path), expires_at=link.expires_at)
