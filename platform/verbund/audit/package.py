# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the audit package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.audit.permissions import LABELS, AuditPermission
from verbund.kernel.people import DataKind, Persons
from verbund.kernel.specs import (
    KEPT_WITH_OWNER,
    App,
    AppScope,
    DoctorCheck,
    Lifecycle,
    PackageSpec,
    PrivacyEntry,
    Transient,
)

_BASIS = _("Art. 6 Abs. 1 lit. e, Art. 5 Abs. 2 und Art. 32 DSGVO")

PACKAGE = PackageSpec(
    slug="audit",
    label=_("Protokoll"),
    apps=(
        App(name="verbund.audit", scope=AppScope.BOTH),
        App(name="verbund.audit.anchors", scope=AppScope.ASSOCIATION),
    ),
    permissions=tuple(AuditPermission),
    permission_labels=LABELS,
    grants={
        "administrator": (AuditPermission.READ,),
        "auditor": (AuditPermission.READ,),
        "support": (AuditPermission.READ,),
    },
    commands={"audit": "verbund.audit.cli:register"},
    lifecycle=Lifecycle(
        transient=(Transient(model="audit.AuditOrigin", reason=_("steht im Kopf des Archivs")),),
        doctor=(
            DoctorCheck(
                name="audit", label=_("Protokoll"), order=80, check="verbund.audit.checks:look_at_chain"
            ),
            DoctorCheck(
                name="audit_anchors",
                label=_("Protokoll vollständig"),
                order=81,
                check="verbund.audit.checks:look_at_anchors",
            ),
        ),
    ),
    persons_apart={
        "audit.AuditEntry": _("nennt weder Namen noch Adressen; die Zahl der Einträge steht in der Auskunft"),
    },
    privacy=(
        PrivacyEntry(
            model="audit.AuditEntry",
            purpose=_("Nachweis, wer was wann geändert oder gelesen hat"),
            personal=True,
            persons=(Persons.STAFF, Persons.ASSOCIATION_STAFF),
            data=(DataKind.NAME, DataKind.ACTIVITY),
            legal_basis=_BASIS,
            retention=_(
                "zehn Jahre; enthält keine Namen, nur Kennungen der Beschäftigten, und bei Fernzugriffen den Namen der Person des Verbands"
            ),
        ),
        PrivacyEntry(
            model="audit.AuditSeal",
            purpose=_("Verkettung des Protokolls, damit Veränderungen auffallen"),
            personal=False,
            retention=_("wie das Protokoll"),
            kept_by=KEPT_WITH_OWNER,
        ),
        PrivacyEntry(
            model="audit_anchors.AuditAnchor",
            purpose=_("Stand jeder Kette, damit auffällt, wenn ihr Ende fehlt"),
            personal=False,
            retention=_("wie das Protokoll"),
            kept_by=KEPT_WITH_OWNER,
        ),
        PrivacyEntry(
            model="audit.AuditOrigin",
            purpose=_("Name, unter dem die Verkettung begonnen hat"),
            personal=False,
            retention=_("wie das Protokoll"),
            kept_by=KEPT_WITH_OWNER,
        ),
    ),
)
