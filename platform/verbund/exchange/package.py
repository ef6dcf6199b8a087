# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the exchange brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.specs import (
    KEPT_WITH_OWNER,
    App,
    AppScope,
    DoctorCheck,
    Lifecycle,
    LifecycleStep,
    PackageSpec,
    PrivacyEntry,
    ScheduledTask,
    Transient,
)

_DAY = 24 * 60 * 60
_LEGAL = _("Art. 6 Abs. 1 Buchst. e DSGVO")
_WITH_DELIVERY = _(
    "der Inhalt ist verschlossen und wird mit der Zustellung gelöscht, spätestens nach 15 Tagen"
)

PACKAGE = PackageSpec(
    slug="exchange",
    label=_("Austausch zwischen Kommunen"),
    apps=(
        App(name="verbund.exchange", scope=AppScope.MUNICIPALITY),
        App(name="verbund.exchange.post", scope=AppScope.ASSOCIATION),
    ),
    schedule=(
        ScheduledTask(task="exchange.sweep", every_seconds=60, per_municipality=True),
        ScheduledTask(task="exchange.clear", every_seconds=_DAY, per_municipality=True),
    ),
    lifecycle=Lifecycle(
        transient=(
            Transient(
                model="exchange.KeyPair",
                reason=_("verlässt diese Kommune nie; nach einer Wiederherstellung entsteht ein neues Paar"),
            ),
        ),
        provision=(
            LifecycleStep(
                name="exchange_keys",
                label=_("Schlüssel für Nachrichten anderer Kommunen"),
                # A copy gets keys of its own, and only once it was compared with its archive (890).
                order=892,
                check="verbund.exchange.turns:has_keys",
                do="verbund.exchange.turns:make_keys",
                undo="verbund.exchange.turns:undo_keys",
            ),
        ),
        rekey=(
            LifecycleStep(
                name="exchange_keys",
                label=_("Neue Schlüssel für Nachrichten anderer Kommunen"),
                order=700,
                check="verbund.exchange.turns:is_renewed",
                do="verbund.exchange.turns:renew",
                undo="verbund.exchange.turns:undo_renewal",
            ),
        ),
        offboard=(
            LifecycleStep(
                name="exchange",
                label=_("Nachrichten von und an andere Kommunen entfernen"),
                order=545,
                check="verbund.exchange.turns:is_removed",
                do="verbund.exchange.turns:remove_all",
                undo="verbund.exchange.turns:never",
            ),
        ),
        doctor=(
            DoctorCheck(
                name="exchange",
                label=_("Nachrichten an andere Kommunen"),
                order=58,
                check="verbund.exchange.checks:look",
            ),
        ),
    ),
    persons_apart={
        "exchange.Outgoing": _WITH_DELIVERY,
        "exchange_post.Message": _WITH_DELIVERY,
    },
    privacy=(
        PrivacyEntry(
            model="exchange.KeyPair",
            purpose=_("Nachrichten anderer Kommunen öffnen und eigene unterschreiben"),
            personal=False,
            retention=_("30 Tage nach der Erneuerung"),
            kept_by="exchange.clear",
            encrypted_fields=("sealing", "signing"),
        ),
        PrivacyEntry(
            model="exchange.Outgoing",
            purpose=_("Einen Vorgang an die zuständige Kommune abgeben"),
            personal=True,
            persons=(Persons.CITIZENS,),
            data=(DataKind.CASE, DataKind.MESSAGE, DataKind.LOCATION, DataKind.PHOTO),
            recipients=(Recipient.NEIGHBOUR,),
            legal_basis=_LEGAL,
            retention=_("Der Inhalt wird mit der Zustellung gelöscht, der Vermerk nach 90 Tagen"),
            kept_by="exchange.clear",
            encrypted_fields=("body",),
        ),
        PrivacyEntry(
            model="exchange.Received",
            purpose=_("Keine Nachricht zweimal annehmen"),
            personal=False,
            retention=_("180 Tage"),
            kept_by="exchange.clear",
        ),
        PrivacyEntry(
            model="exchange_post.Message",
            purpose=_("Verschlossene Nachrichten zwischen Kommunen zustellen"),
            personal=True,
            persons=(Persons.CITIZENS,),
            data=(DataKind.CASE,),
            recipients=(Recipient.NEIGHBOUR,),
            legal_basis=_LEGAL,
            retention=_("Der Inhalt wird mit der Zustellung gelöscht, der Vermerk nach 90 Tagen"),
            kept_by="exchange.clear",
        ),
        PrivacyEntry(
            model="exchange_post.PublicKey",
            purpose=_("Absender und Empfänger von Nachrichten sicher erkennen"),
            personal=False,
            retention=_("30 Tage nach der Erneuerung, längstens bis zum Ausscheiden der Kommune"),
            kept_by=KEPT_WITH_OWNER,
        ),
    ),
)
