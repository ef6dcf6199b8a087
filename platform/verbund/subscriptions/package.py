# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the subscriptions package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.specs import (
    KEPT_WITH_OWNER,
    App,
    AppScope,
    PackageSpec,
    PersonSource,
    PrivacyEntry,
    Receiver,
    ScheduledTask,
)
from verbund.subscriptions.mail_kinds import MAILS

PACKAGE = PackageSpec(
    slug="subscriptions",
    label=_("Mein Ort"),
    apps=(App(name="verbund.subscriptions", scope=AppScope.MUNICIPALITY),),
    urls_public="verbund.subscriptions.urls_public",
    probes="verbund.subscriptions.probes:PROBES",
    mails=MAILS,
    sample="verbund.subscriptions.sample:fill",
    schedule=(
        ScheduledTask(task="subscriptions.tell", every_seconds=60, per_municipality=True),
        ScheduledTask(task="subscriptions.forget_unconfirmed", every_seconds=3600, per_municipality=True),
    ),
    receivers=(Receiver(event="MailboxGone", handler="verbund.subscriptions.returning:stop_writing"),),
    persons=(
        PersonSource(
            slug="subscriptions.subscription",
            label=_("Mein Ort"),
            models=("subscriptions.Subscription", "subscriptions.Notice"),
            found="verbund.subscriptions.persons:found",
            erase="verbund.subscriptions.persons:erase",
        ),
    ),
    privacy=(
        PrivacyEntry(
            model="subscriptions.Subscription",
            purpose=_("Neuigkeiten aus der Umgebung per E-Mail schicken"),
            personal=True,
            persons=(Persons.CITIZENS,),
            data=(DataKind.EMAIL, DataKind.POSTAL_ADDRESS, DataKind.SETTING),
            legal_basis=_("Art. 6 Abs. 1 Buchst. a DSGVO (Einwilligung)"),
            retention=_("bis zur Abbestellung; ohne Bestätigung 7 Tage, ohne Postfach 30 Tage"),
            kept_by="subscriptions.forget_unconfirmed",
            encrypted_fields=("email", "address", "secret"),
        ),
        PrivacyEntry(
            model="subscriptions.Notice",
            purpose=_("Festhalten, wer worüber noch zu benachrichtigen ist"),
            personal=True,
            persons=(Persons.CITIZENS,),
            data=(DataKind.SETTING,),
            recipients=(Recipient.PERSON_CONCERNED,),
            legal_basis=_("Art. 6 Abs. 1 Buchst. a DSGVO (Einwilligung)"),
            retention=_("bis die Nachricht geschrieben ist, höchstens eine Woche"),
            kept_by=KEPT_WITH_OWNER,
        ),
        PrivacyEntry(
            model="subscriptions.Happening",
            purpose=_("Ereignisse an die Abonnements verteilen"),
            personal=False,
        ),
    ),
)
