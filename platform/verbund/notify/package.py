# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the notify package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.specs import (
    App,
    AppScope,
    DoctorCheck,
    Lifecycle,
    Meter,
    PackageSpec,
    PersonSource,
    PrivacyEntry,
    ScheduledTask,
)

_SIX_HOURS = 6 * 60 * 60

PACKAGE = PackageSpec(
    slug="notify",
    label=_("Nachrichten"),
    apps=(App(name="verbund.notify", scope=AppScope.BOTH),),
    commands={"mail": "verbund.notify.cli:register"},
    command_probes="verbund.notify.probes:COMMANDS",
    meters=(Meter(slug="mail.sent", label=_("Versendete E-Mails"), unit=_("E-Mails")),),
    schedule=(
        ScheduledTask(task="notify.sweep", every_seconds=60, per_municipality=True),
        ScheduledTask(task="notify.sweep_association", every_seconds=60),
        ScheduledTask(task="notify.empty", every_seconds=_SIX_HOURS, per_municipality=True),
        ScheduledTask(task="notify.empty_association", every_seconds=_SIX_HOURS),
    ),
    lifecycle=Lifecycle(
        doctor=(
            DoctorCheck(
                name="held_mail",
                label=_("Zurückgehaltene E-Mails"),
                order=55,
                check="verbund.notify.held:look",
            ),
            DoctorCheck(
                name="mail", label=_("E-Mails"), order=50, check="verbund.notify.checks:look_at_outbox"
            ),
        ),
    ),
    persons=(
        PersonSource(
            slug="notify.mail",
            label=_("E-Mails"),
            models=("notify.Outbox",),
            found="verbund.notify.persons:found",
            erase="verbund.notify.persons:erase",
            order=900,
        ),
    ),
    privacy=(
        PrivacyEntry(
            model="notify.MailText", purpose=_("E-Mails in eigenen Worten schreiben"), personal=False
        ),
        PrivacyEntry(
            model="notify.MailServer",
            purpose=_("E-Mails über den Mailserver der Kommune verschicken"),
            personal=False,
        ),
        PrivacyEntry(
            model="notify.Outbox",
            purpose=_("Menschen über ihre Anliegen benachrichtigen"),
            personal=True,
            persons=(Persons.CITIZENS, Persons.STAFF),
            data=(DataKind.EMAIL, DataKind.MESSAGE, DataKind.CASE),
            recipients=(Recipient.PERSON_CONCERNED,),
            legal_basis=_("Art. 6 Abs. 1 Buchst. e DSGVO"),
            retention=_("Empfänger und Inhalt werden 14 Tage nach dem Versand gelöscht"),
            kept_by="notify.empty",
            encrypted_fields=("recipient", "subject", "text", "html", "unsubscribe_url"),
        ),
    ),
)
