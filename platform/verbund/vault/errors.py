# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why a secret cannot be had or data cannot be read. No message ever carries a secret or a token."""

from __future__ import annotations

from typing import ClassVar

from verbund.kernel.errors import DomainError, Unavailable
from verbund.kernel.msgids import gettext_noop as _


class VaultUnavailable(Unavailable):
    """Vault does not answer in time, answers with an error of its own, or was given up on for some seconds."""

    code = "vault_unavailable"
    message = _("Der Geheimnisspeicher antwortet nicht. Bitte versuchen Sie es in einigen Minuten erneut.")
    retry_after_seconds: ClassVar[int] = 10


class NotSetUpYet(Unavailable):
    """Vault answers, but the place for secrets was made a moment ago and is still being set up."""

    code = "vault_not_set_up_yet"
    message = _("Der Geheimnisspeicher wird gerade eingerichtet. Bitte versuchen Sie es gleich noch einmal.")
    retry_after_seconds: ClassVar[int] = 1


class VaultSealed(VaultUnavailable):
    """Vault answers, but is sealed: nothing in it can be read until somebody unseals it."""

    code = "vault_sealed"
    message = _(
        "Der Geheimnisspeicher ist versiegelt. Bitte versuchen Sie es erneut, sobald er wieder entsperrt ist."
    )
    retry_after_seconds = 30


class VaultBlocked(VaultUnavailable):
    """Vault says that it is well and refuses everything: it cannot write any of its audit devices."""

    code = "vault_blocked"
    message = _(
        "Der Geheimnisspeicher läuft, weist aber alles ab. Vermutlich kann er sein Protokoll nicht schreiben:"
        " Prüfen Sie den Speicherplatz seiner Protokolldateien."
    )


class AccessDenied(DomainError):
    """The policy of the token at work does not allow that. Means a wrong installation or a wrong scope."""

    code = "vault_denied"
    status = 500
    message = _("Der Geheimnisspeicher verweigert den Zugriff.")


class CredentialsRefused(AccessDenied):
    """The AppRole's file is missing, damaged or no longer accepted."""

    code = "vault_credentials"
    message = _("Die Anmeldung am Geheimnisspeicher ist fehlgeschlagen.")


class VaultRefused(DomainError):
    """Vault calls the request wrong: our mistake or another version of Vault."""

    code = "vault_refused"
    status = 500
    message = _("Der Geheimnisspeicher hat die Anfrage abgelehnt.")


class SecretMissing(DomainError):
    """There is nothing at the place a reference names."""

    code = "secret_missing"
    status = 500
    message = _("Ein benötigtes Geheimnis ist nicht hinterlegt.")


class KeyDestroyed(DomainError):
    """The key that wraps the data keys does not exist (any more): what it protected is gone for good."""

    code = "key_destroyed"
    status = 410
    message = _("Diese Angaben sind unwiderruflich gelöscht: Ihr Schlüssel wurde vernichtet.")


class RewrapIncomplete(DomainError):
    """Older versions of the transit key are still in use, so they may not be refused."""

    code = "rewrap_incomplete"
    status = 409
    message = _("Noch nicht alle Datenschlüssel sind neu verpackt. Starten Sie die Erneuerung erneut.")


class Unreadable(DomainError):
    """A ciphertext is damaged, or was moved here from another field or municipality."""

    code = "unreadable"
    status = 500
    message = _("Verschlüsselte Angaben lassen sich nicht lesen.")
