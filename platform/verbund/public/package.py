# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the package of public pages brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.offers import CaseKind, SearchSource
from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.specs import (
    KEPT_BY_CHANGE,
    App,
    AppScope,
    DoctorCheck,
    Lifecycle,
    LifecycleStep,
    NavigationItem,
    PackageSpec,
    PersonSource,
    PrivacyEntry,
    RetentionRule,
    ScheduledTask,
)
from verbund.public.mail_kinds import MAILS
from verbund.public.permissions import LABELS, PublicPermission

_DAY = 24 * 3600

PACKAGE = PackageSpec(
    slug="public",
    probes="verbund.public.probes:PROBES",
    command_probes="verbund.public.probes:COMMANDS",
    label=_("Öffentliche Seiten"),
    apps=(App(name="verbund.public", scope=AppScope.BOTH),),
    urls_public="verbund.public.urls_public",
    urls_staff="verbund.public.urls_staff",
    urls_association="verbund.public.urls_association",
    permissions=tuple(PublicPermission),
    permission_labels=LABELS,
    grants={
        "administrator": (PublicPermission.EDIT_PAGES, PublicPermission.HANDLE_FEEDBACK),
        "operator": (PublicPermission.EDIT_PAGES, PublicPermission.HANDLE_FEEDBACK),
        "clerk": (PublicPermission.HANDLE_FEEDBACK,),
    },
    navigation=(
        NavigationItem(
            area="staff",
            label=_("Seiten und Texte"),
            url_name="public-staff:pages",
            order=800,
            permission=PublicPermission.EDIT_PAGES,
        ),
        NavigationItem(
            area="console",
            label=_("Seiten und Texte"),
            url_name="public-association:pages",
            order=850,
            permission=PublicPermission.EDIT_PAGES,
        ),
    ),
    mails=MAILS,
    cases=(
        CaseKind(
            slug="public.feedback",
            label=_("Barriere"),
            prefix="BF",
            path="verbund.public.feedback:case_path",
            state_label="verbund.public.feedback:case_state_label",
            read_permission=PublicPermission.HANDLE_FEEDBACK,
            assign_permission=PublicPermission.HANDLE_FEEDBACK,
        ),
    ),
    search=(
        SearchSource(
            slug="public.page",
            label=_("Seiten"),
            documents="verbund.public.searching:page_documents",
            permission=PublicPermission.EDIT_PAGES,
        ),
        SearchSource(
            slug="public.feedback",
            label=_("Barrieren"),
            documents="verbund.public.searching:feedback_documents",
            permission=PublicPermission.HANDLE_FEEDBACK,
        ),
    ),
    notices_association=("verbund.public.notices:missing",),
    ports={
        "MailLetterhead": "verbund.public.ports:letterhead",
        "ControllerContact": "verbund.public.ports:controller",
    },
    schedule=(ScheduledTask(task="public.delete_feedback_association", every_seconds=_DAY),),
    commands={"texts": "verbund.public.cli:register"},
    context="verbund.public.context:shell",
    lifecycle=Lifecycle(
        doctor=(
            DoctorCheck(
                name="legal_pages",
                label=_("Rechtstexte"),
                order=40,
                check="verbund.public.checks:look_at_legal_pages",
            ),
        ),
        provision=(
            LifecycleStep(
                name="legal_pages",
                label=_("Vorlagen der Rechtstexte anlegen"),
                order=600,
                check="verbund.public.provision:is_done",
                do="verbund.public.provision:make",
                undo="verbund.public.provision:undo",
            ),
        ),
    ),
    activation_checks=("verbund.public.provision:findings",),
    persons=(
        PersonSource(
            slug="public.feedback",
            label=_("Rückmeldungen zur Barrierefreiheit"),
            models=("public.BarrierFeedback",),
            found="verbund.public.persons:found",
            erase="verbund.public.persons:erase",
        ),
    ),
    persons_apart={
        "public.ContactDetails": _("amtliche Angaben, die jeder unter „Kontakt“ liest"),
    },
    retention=(
        RetentionRule(
            slug="public.feedback",
            label=_("Rückmeldungen zur Barrierefreiheit"),
            since=_("nach der Erledigung"),
            months=36,
            shortest=12,
            longest=60,
            legal_basis=_("Art. 6 Abs. 1 lit. e DSGVO, BbgBITV"),
            keeping="verbund.public.keeping:FEEDBACK",
        ),
    ),
    privacy=(
        PrivacyEntry(
            model="public.LegalPage", purpose=_("Rechtstexte mit ihren Fassungen zeigen"), personal=False
        ),
        PrivacyEntry(
            model="public.ContactDetails",
            purpose=_("Kontaktangaben der Verwaltung veröffentlichen"),
            personal=True,
            persons=(Persons.OFFICIALS,),
            data=(DataKind.NAME, DataKind.PHONE, DataKind.EMAIL),
            recipients=(Recipient.PUBLIC,),
            legal_basis=_("§ 5 DDG, Art. 6 Abs. 1 lit. c DSGVO"),
            retention=_("bis zur Änderung"),
            kept_by=KEPT_BY_CHANGE,
        ),
        PrivacyEntry(
            model="public.BarrierFeedback",
            purpose=_("Rückmeldungen zur Barrierefreiheit beantworten"),
            personal=True,
            persons=(Persons.CITIZENS,),
            data=(DataKind.NAME, DataKind.EMAIL, DataKind.MESSAGE),
            recipients=(Recipient.PERSON_CONCERNED,),
            legal_basis=_("Art. 6 Abs. 1 lit. e DSGVO, BbgBITV"),
            retention=_("drei Jahre nach Erledigung"),
            kept_by="privacy.delete_due",
            rule="public.feedback",
            encrypted_fields=("message", "name", "email", "answer"),
        ),
    ),
)
