# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one error of this package: a sentence an operator understands, and the command that mends it."""

from __future__ import annotations

import errno
import os
import re
from typing import Final


class EmbeddedError(Exception):
    """A service cannot be started or used; ``str()`` is the sentence, followed by the remedy."""

    def __init__(self, sentence: str, *, remedy: str = "") -> None:
        """Keep both parts, so that a user interface may show them apart."""
        self.sentence = sentence
        self.remedy = remedy
        super().__init__(f"{sentence} Abhilfe: {remedy}" if remedy else sentence)


# Which Debian package brings a library that the binaries of the wheels load from the system.
_PACKAGES: Final = {"libz.so": "zlib1g", "libgcc_s.so": "libgcc-s1", "libstdc++.so": "libstdc++6"}
_REASONS: Final = {
    errno.EACCES: "das Konto darf dort nicht schreiben",
    errno.EPERM: "das Konto darf dort nicht schreiben",
    errno.ENOTDIR: "kein Ordner",
    errno.EEXIST: "kein Ordner",
}
_MISSING_LIBRARY: Final = re.compile(r"error while loading shared libraries: (?P<library>[^\s:]+)")


def explain(output: str, *, service: str) -> EmbeddedError | None:
    """Turn what a failing server wrote into an error, if the cause is one that operators meet."""
    if missing := _MISSING_LIBRARY.search(output):
        library = missing["library"]
        package = next((deb for name, deb in _PACKAGES.items() if library.startswith(name)), None)
        return EmbeddedError(
            f"{service} braucht die Systembibliothek {library}, sie fehlt auf diesem Rechner.",
            remedy=f"apt-get install {package}" if package else f"apt-file search {library}",
        )
    text = output.casefold()
    if "no space left on device" in text:
        return EmbeddedError(
            f"{service} startet nicht: Der Datenträger ist voll.",
            remedy="df -h zeigt die Belegung; Platz schaffen oder DATA=<anderer Ordner> angeben.",
        )
    if "address already in use" in text:
        return EmbeddedError(
            f"{service} startet nicht: Der Port ist schon belegt.",
            remedy="ss -ltnp zeigt, wer ihn hält; oder PORT=<anderer Port> angeben.",
        )
    if "read-only file system" in text:
        return EmbeddedError(
            f"{service} startet nicht: Der Datenordner ist schreibgeschützt.",
            remedy="DATA=<beschreibbarer Ordner> angeben.",
        )
    return None


def explain_os(error: OSError) -> EmbeddedError:
    """Turn an error of the system while folders and files are made into a sentence."""
    cause = explain(os.strerror(error.errno or 0), service="Verbund")
    where = f" ({error.filename})" if error.filename else ""
    reason = _REASONS.get(error.errno or 0, error.strerror)
    return cause or EmbeddedError(
        f"Der Datenordner lässt sich nicht benutzen: {reason}{where}.",
        remedy="DATA=<anderer Ordner> angeben.",
    )
