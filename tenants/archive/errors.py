# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why an archive cannot be made or is refused: one sentence, before anything is touched."""

from __future__ import annotations

from verbund.kernel.errors import DomainError
from verbund.kernel.msgids import gettext_noop as _


class ArchiveRefused(DomainError):
    """It cannot be restored here; nothing was made."""

    code = "archive_refused"
    status = 422
    message = _("Dieses Archiv kann hier nicht wiederhergestellt werden. Nichts wurde angelegt.")


class NoArchive(ArchiveRefused):
    code = "archive_unknown"
    message = _("Die Datei ist kein Archiv einer Kommune. Nichts wurde angelegt.")


class Damaged(ArchiveRefused):
    """A part was changed, or the end is missing."""

    code = "archive_damaged"
    message = _(
        "Das Archiv ist beschädigt oder unvollständig. Bitte kopieren Sie es neu; nichts wurde angelegt."
    )


class ForeignReceiver(ArchiveRefused):
    """It was sealed for somebody else's key, or for a key that was destroyed."""

    code = "archive_foreign"
    message = _(
        "Das Archiv ist für einen anderen Empfänger verschlossen. Lassen Sie es für den Schlüssel dieser Installation neu erstellen (verbund tenants receiver-key); nichts wurde angelegt."
    )


class BadReceiverKey(DomainError):
    code = "archive_receiver_key"
    status = 422
    message = _(
        "Das ist kein öffentlicher Empfängerschlüssel. Erwartet wird die PEM-Datei aus `verbund tenants receiver-key`."
    )


class StorageRefused(DomainError):
    """The disk is full or may not be written; what was half written is gone again."""

    code = "archive_storage"
    status = 507
    message = _(
        "Das Archiv konnte nicht geschrieben werden. Bitte schaffen Sie Platz und starten Sie erneut; es blieb keine halbe Datei zurück."
    )


class NotUnpacked(DomainError):
    """As above, for the folder into which an archive is unpacked; the archive itself is right."""

    code = "archive_not_unpacked"
    status = 507
    message = _(
        "Das Archiv konnte nicht ausgepackt werden. Bitte schaffen Sie Platz oder wählen Sie einen anderen Ordner; es blieb keine halbe Datei zurück."
    )
