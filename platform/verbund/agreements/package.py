# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the agreements package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.agreements.permissions import LABELS, AgreementsPermission
from verbund.kernel.people import DataKind, Persons
from verbund.kernel.specs import (
    App,
    AppScope,
    Lifecycle,
    LifecycleStep,
    NavigationItem,
    PackageSpec,
    PrivacyEntry,
    ScheduledTask,
)

_DAY = 24 * 3600
_TITLE = _("Auftragsverarbeitung")

PACKAGE = PackageSpec(
    slug="agreements",
    probes="verbund.agreements.probes:PROBES",
    command_probes="verbund.agreements.probes:COMMANDS",
    label=_TITLE,
    apps=(App(name="verbund.agreements", scope=AppScope.ASSOCIATION),),
    urls_staff="verbund.agreements.urls_staff",
    urls_association="verbund.agreements.urls_association",
    permissions=tuple(AgreementsPermission),
    permission_labels=LABELS,
    grants={
        "operator": (AgreementsPermission.READ, AgreementsPermission.MANAGE),
        "finance": (AgreementsPermission.READ,),
        "auditor": (AgreementsPermission.READ,),
        "administrator": (AgreementsPermission.READ_OWN, AgreementsPermission.AGREE),
    },
    navigation=(
        NavigationItem(
            area="console",
            label=_TITLE,
            url_name="agreements-association:overview",
            order=25,
            permission=AgreementsPermission.READ,
        ),
        NavigationItem(
            area="staff",
            label=_TITLE,
            url_name="agreements-staff:own",
            order=850,
            permission=AgreementsPermission.READ_OWN,
        ),
    ),
    schedule=(ScheduledTask(task="agreements.delete_old", every_seconds=_DAY),),
    commands={"agreements": "verbund.agreements.cli:register"},
    notices=("verbund.agreements.notices:pending",),
    lifecycle=Lifecycle(
        provision=(
            LifecycleStep(
                name="agreement",
                label=_("Vereinbarung zur Auftragsverarbeitung vorbereiten"),
                order=650,
                check="verbund.agreements.provision:is_done",
                do="verbund.agreements.provision:record_example",
                undo="verbund.agreements.provision:undo",
            ),
        ),
    ),
    activation_checks=("verbund.agreements.provision:findings",),
    persons_apart={
        "agreements.SignedAgreement": _(
            "nennt, wer für die Kommune unterschrieben hat; bleibt als Nachweis (Art. 28 Abs. 9 DSGVO)"
        ),
    },
    privacy=(
        PrivacyEntry(
            model="agreements.Version",
            purpose=_("Fassungen der Vereinbarung zur Auftragsverarbeitung führen"),
            personal=False,
        ),
        PrivacyEntry(
            model="agreements.SignedAgreement",
            purpose=_("Nachweis, wer die Vereinbarung zur Auftragsverarbeitung unterschrieben hat"),
            personal=True,
            persons=(Persons.OFFICIALS,),
            data=(DataKind.NAME, DataKind.ROLE),
            legal_basis=_("Art. 28 Abs. 3 und 9, Art. 5 Abs. 2 DSGVO"),
            retention=_("drei Jahre nach dem Ende des Jahres, in dem die Mitgliedschaft endet"),
            kept_by="agreements.delete_old",
            encrypted_fields=("signed_by",),
        ),
    ),
)
