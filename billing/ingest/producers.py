# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Registering other systems and giving them keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.ingest.models import SLUG_LENGTH, Producer, ProducerKey
from billing.permissions import BillingPermission
from tenants.models import Tenant
from verbund.accounts.services.tokens import issue_token
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid, NotFound

_SLUG = re.compile(rf"[a-z][a-z0-9-]{{1,{SLUG_LENGTH - 1}}}")
_METER = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")
_LONGEST_METER = 64


@transaction.atomic
def register_producer(
    *, slug: str, title: str, meters: Sequence[str], tenants: Iterable[str] | None, by: Actor, at: datetime
) -> Producer:
    """Register another system, or say anew what it may report. ``tenants``: slugs, None for all members of now.

    Raises:
        Invalid: no usable slug, a meter that is not its own, or a municipality nobody knows.
    """
    if _SLUG.fullmatch(slug) is None:
        raise _refused(
            "slug", _("Das Kürzel besteht aus 2 bis 20 kleinen Buchstaben, Ziffern und Bindestrichen.")
        )
    wrong = [meter for meter in meters if not _is_own(meter, slug)]
    if wrong or not meters:
        raise _refused(
            "meter",
            _("Zähler eines anderen Systems beginnen mit seinem Kürzel, zum Beispiel „%(slug)s.abrufe“.")
            % {"slug": slug},
        )
    producer, _is_new = Producer.objects.update_or_create(
        slug=slug,
        defaults={"title": title.strip(), "meters": sorted(set(meters)), "tenants": _numbers(tenants)},
        create_defaults={
            "title": title.strip(),
            "meters": sorted(set(meters)),
            "tenants": _numbers(tenants),
            "registered_at": at,
        },
    )
    audit.record(
        action="billing.producer.registered",
        subject=f"billing.producer:{producer.slug}",
        by=by,
        changes={"meters": producer.meters, "tenants": producer.tenants},
        at=at,
    )
    return producer


@transaction.atomic
def issue_key(*, slug: str, by: Actor, at: datetime) -> str:
    """A key for the producer; the text is shown once and known to nobody afterwards. Keys are revoked like all others.

    Raises:
        NotFound: there is no such producer.
    """
    producer = Producer.objects.filter(slug=slug).first()
    if producer is None:
        raise NotFound(_("Es gibt kein System „%(slug)s“. Melden Sie es zuerst an.") % {"slug": slug})
    token, text = issue_token(name=producer.title, scopes=[BillingPermission.INGEST_USAGE], by=by, at=at)
    ProducerKey.objects.create(token=token.pk, producer=producer)
    return text


def producer_of(token: int) -> Producer | None:
    """For whom a key reports; None for a key of something else."""
    key = ProducerKey.objects.select_related("producer").filter(token=token).first()
    return key.producer if key is not None else None


def _is_own(meter: str, slug: str) -> bool:
    own = meter.removeprefix(f"{slug}.")
    return own != meter and len(meter) <= _LONGEST_METER and _METER.fullmatch(own) is not None


def _numbers(tenants: Iterable[str] | None) -> list[int]:
    if tenants is None:
        return sorted(Tenant.objects.values_list("number", flat=True))
    wanted = set(tenants)
    found = dict(Tenant.objects.filter(slug__in=wanted).values_list("slug", "number"))
    if missing := sorted(wanted - found.keys()):
        raise _refused("tenant", _("Diese Kommune gibt es nicht: %(slugs)s.") % {"slugs": ", ".join(missing)})
    return sorted(found.values())


def _refused(field: str, message: str) -> Invalid:
    return Invalid(f"{field}: {message}", fields={field: message})
