# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why the agreements package refuses."""

from __future__ import annotations

from verbund.kernel.errors import Conflict, DomainError, Invalid
from verbund.kernel.msgids import gettext_noop as _


class NotAPdf(Invalid):
    """The bytes are no PDF, whatever the name says."""

    code = "agreements_not_a_pdf"
    message = _(
        "Diese Datei ist kein vollständiges PDF. Bitte wählen Sie die unterschriebene Fassung als PDF."
    )


class PdfTooLarge(Invalid):
    """Too many bytes."""

    code = "agreements_pdf_too_large"
    message = _(
        "Dieses PDF ist größer als 10 MB. Bitte wählen Sie ein kleineres, zum Beispiel in Graustufen."
    )


class NumberTaken(Conflict):
    """There is a version of that number."""

    code = "agreements_number_taken"


class AlreadyRecorded(Conflict):
    """The member's agreement of that version is recorded."""

    code = "agreements_already_recorded"
    message = _("Zu dieser Fassung ist für diese Kommune schon eine Vereinbarung hinterlegt.")


class NewerVersion(Conflict):
    """What was agreed to is no longer the newest version."""

    code = "agreements_newer_version"
    message = _("Inzwischen gibt es eine neuere Fassung. Bitte lesen Sie diese und stimmen Sie ihr zu.")


class StorageFailed(DomainError):
    """The disk does not take or give the file."""

    code = "agreements_storage_failed"
    status = 507
    message = _(
        "Die Datei lässt sich gerade nicht speichern. Bitte versuchen Sie es in einigen Minuten erneut."
    )


class Damaged(DomainError):
    """The stored bytes are not those that were recorded."""

    code = "agreements_file_damaged"
    status = 500
    message = _("Die hinterlegte Datei ist beschädigt oder fehlt. Bitte benachrichtigen Sie den Verband.")
