# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why an upload is refused."""

from __future__ import annotations

from verbund.kernel.errors import DomainError, Invalid
from verbund.kernel.msgids import gettext_noop as _


class NotAPhoto(Invalid):
    """The bytes are no picture we can read, whatever the name says."""

    code = "files_not_a_photo"
    message = _("Diese Datei ist kein Foto, das wir lesen können. Möglich sind JPEG, PNG, WEBP und HEIC.")


class PhotoTooLarge(Invalid):
    """Too many bytes."""

    code = "files_photo_too_large"
    message = _("Dieses Foto ist größer als 10 MB. Bitte wählen Sie ein kleineres.")


class TooManyPixels(Invalid):
    """Few bytes that would become a huge picture."""

    code = "files_too_many_pixels"
    message = _("Dieses Foto hat zu viele Bildpunkte. Bitte verkleinern Sie es.")


class MovingPicture(Invalid):
    """Only the first of its pictures would be looked at."""

    code = "files_moving_picture"
    message = _("Dieses Bild bewegt sich. Bitte wählen Sie ein einzelnes Foto.")


class StorageFull(DomainError):
    """The disk does not take more."""

    code = "files_storage_full"
    status = 507
    message = _("Das Foto lässt sich gerade nicht speichern. Ohne Foto können Sie fortfahren.")


class NoRoomForFiles(DomainError):
    """The disk does not take the files of a whole municipality: said to operators."""

    code = "files_no_room"
    status = 507
    message = _(
        "Für die Dateien der Kommune ist kein Platz. Bitte schaffen Sie Platz und starten Sie erneut."
    )
