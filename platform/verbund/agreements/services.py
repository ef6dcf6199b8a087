# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the association does: publish a version, record what a member has signed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from verbund.agreements import store
from verbund.agreements.errors import AlreadyRecorded, NumberTaken
from verbund.agreements.models import SignedAgreement, Version, Way
from verbund.agreements.queries import version
from verbund.audit import api as audit
from verbund.kernel import clock
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid

LONGEST_DEADLINE_DAYS = 365


def publish_version(
    *,
    number: str,
    content: bytes,
    published_on: date,
    deadline_days: int,
    by: Actor,
    at: datetime,
    is_example: bool = False,
) -> Version:
    """Put a version to all members; from now on it is the newest.

    Raises:
        NumberTaken: there is a version of that number.
        Invalid: the day lies ahead, or before that of the newest version; the deadline is out of bounds.
        NotAPdf, PdfTooLarge, StorageFailed: about the file.
    """
    _check_publication(number, published_on, deadline_days, at)
    with store.kept(content) as kept, transaction.atomic():
        published = Version(
            number=number.strip(),
            published_on=published_on,
            deadline_days=deadline_days,
            is_example=is_example,
            file_id=kept.file_id,
            sha256=kept.sha256,
            size_bytes=kept.size_bytes,
            published_at=at,
            published_by=by.id or by.kind,
        )
        try:
            with transaction.atomic():
                published.save(force_insert=True)
        except IntegrityError as error:
            raise NumberTaken(
                fields={"number": _("Diese Nummer gibt es schon. Bitte wählen Sie eine neue.")}
            ) from error
        audit.record(
            action="agreements.version.published",
            subject=f"agreements.version:{published.pk}",
            by=by,
            changes={
                "number": published.number,
                "published_on": published_on.isoformat(),
                "deadline_days": deadline_days,
                "sha256": kept.sha256,
                "is_example": is_example,
            },
            at=at,
        )
    return published


def record_agreement(
    *,
    tenant: int,
    version_id: int,
    signed_on: date,
    signed_by: str,
    signed_function: str,
    content: bytes,
    by: Actor,
    at: datetime,
) -> SignedAgreement:
    """Record what a member has signed on paper, with the file.

    Raises:
        NotFound: there is no such version.
        AlreadyRecorded: the member's agreement to that version is recorded.
        Invalid: the day of signing lies ahead.
        NotAPdf, PdfTooLarge, StorageFailed: about the file.
    """
    if signed_on > clock.day_of(at):
        raise Invalid(fields={"signed_on": _("Der Tag der Unterschrift liegt in der Zukunft.")})
    agreed = version(version_id)
    with store.kept(content) as kept:
        return _record(
            SignedAgreement(
                tenant=tenant,
                version=agreed,
                way=Way.PAPER,
                signed_on=signed_on,
                signed_by=signed_by.strip(),
                signed_function=signed_function.strip(),
                file_id=kept.file_id,
                sha256=kept.sha256,
                size_bytes=kept.size_bytes,
            ),
            by=by,
            at=at,
        )


def record_example(*, tenant: int, by: Actor, at: datetime, example: Version) -> SignedAgreement:
    """Record an agreement that nobody signed, for a municipality that is none.

    Raises:
        AlreadyRecorded: there is one.
    """
    return _record(
        SignedAgreement(
            tenant=tenant,
            version=example,
            way=Way.EXAMPLE,
            signed_on=clock.day_of(at),
            signed_by="Erika Mustermann",
            signed_function="Beispiel",
        ),
        by=by,
        at=at,
    )


def record_consent(
    *, tenant: int, version_id: int, name: str, function: str, by: Actor, at: datetime
) -> SignedAgreement:
    """Record that a member's administration agreed online; repeating changes nothing.

    Raises:
        NotFound: there is no such version.
    """
    agreed = version(version_id)
    try:
        return _record(
            SignedAgreement(
                tenant=tenant,
                version=agreed,
                way=Way.ONLINE,
                signed_on=clock.day_of(at),
                signed_by=name,
                signed_function=function,
            ),
            by=by,
            at=at,
        )
    except AlreadyRecorded:
        return SignedAgreement.objects.get(tenant=tenant, version=agreed)


def withdraw_example(*, tenant: int, by: Actor, at: datetime) -> None:
    """Take back the agreement of an onboarding that is undone."""
    with transaction.atomic():
        removed, _details = SignedAgreement.objects.filter(tenant=tenant, way=Way.EXAMPLE).delete()
        if removed:
            audit.record(
                action="agreements.agreement.withdrawn", subject=f"tenants.tenant:{tenant}", by=by, at=at
            )


@transaction.atomic
def _record(row: SignedAgreement, *, by: Actor, at: datetime) -> SignedAgreement:
    row.recorded_at, row.recorded_by = at, by.acting_for or by.id or by.kind
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyRecorded from error
    audit.record(
        action="agreements.agreement.recorded",
        subject=f"tenants.tenant:{row.tenant}",
        by=by,
        changes={
            "version": row.version.number,
            "way": row.way,
            "signed_on": row.signed_on.isoformat(),
            "sha256": row.sha256,
        },
        at=at,
    )
    return row


def _check_publication(number: str, published_on: date, deadline_days: int, at: datetime) -> None:
    newest = Version.objects.filter(is_example=False).first()
    reasons: dict[str, str] = {}
    if not number.strip():
        reasons["number"] = _("Bitte geben Sie der Fassung eine Nummer.")
    if published_on > clock.day_of(at):
        reasons["published_on"] = _("Der Tag der Veröffentlichung liegt in der Zukunft.")
    elif newest is not None and published_on < newest.published_on:
        reasons["published_on"] = _("Die Fassung %(number)s ist jünger.") % {"number": newest.number}
    if not 0 < deadline_days <= LONGEST_DEADLINE_DAYS:
        reasons["deadline_days"] = _("Erlaubt sind 1 bis %(most)s Tage.") % {"most": LONGEST_DEADLINE_DAYS}
    if reasons:
        raise Invalid(fields=reasons)
