# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with reports, and by which roles."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbund.kernel.texts import LazyText


class DefectsPermission(StrEnum):
    SUBMIT = "defects:report:submit"
    READ = "defects:report:read"
    NOTE = "defects:report:note"
    ANSWER = "defects:report:answer"
    ASSIGN = "defects:report:assign"
    RELEASE = "defects:report:release"
    CONTACT = "defects:contact:read"
    SETTINGS = "defects:settings:manage"


LABELS: dict[str, LazyText] = {
    DefectsPermission.SUBMIT: _("Meldungen aufnehmen"),
    DefectsPermission.READ: _("Meldungen lesen"),
    DefectsPermission.NOTE: _("interne Notizen schreiben"),
    DefectsPermission.ANSWER: _("Meldenden antworten"),
    DefectsPermission.ASSIGN: _("Meldungen zuweisen"),
    DefectsPermission.RELEASE: _("Meldungen veröffentlichen"),
    DefectsPermission.CONTACT: _("Kontaktdaten der Meldenden ansehen"),
    DefectsPermission.SETTINGS: _("Einstellungen ändern"),
}


CLERK = (
    DefectsPermission.SUBMIT,
    DefectsPermission.READ,
    DefectsPermission.NOTE,
    DefectsPermission.ANSWER,
    DefectsPermission.ASSIGN,
    DefectsPermission.RELEASE,
    DefectsPermission.CONTACT,
)
# What the association's support may do where the municipality lets it in; the contact of a reporter is not among it.
SUPPORT = (
    DefectsPermission.READ,
    DefectsPermission.NOTE,
    DefectsPermission.ANSWER,
    DefectsPermission.ASSIGN,
    DefectsPermission.RELEASE,
    DefectsPermission.SETTINGS,
)
FIELD_WORKER = (DefectsPermission.READ, DefectsPermission.NOTE)
