# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a failing server writes becomes a sentence with the command that mends it."""

from __future__ import annotations

import errno

import pytest

from verbund.embedded.errors import EmbeddedError, explain, explain_os
from verbund.embedded.installation import Installation


@pytest.mark.parametrize(
    ("output", "sentence", "remedy"),
    [
        (
            "postgres: error while loading shared libraries: libz.so.1: cannot open shared object file",
            "PostgreSQL braucht die Systembibliothek libz.so.1, sie fehlt auf diesem Rechner.",
            "apt-get install zlib1g",
        ),
        (
            "x: error while loading shared libraries: libodd.so.7: cannot open",
            "PostgreSQL braucht die Systembibliothek libodd.so.7, sie fehlt auf diesem Rechner.",
            "apt-file search libodd.so.7",
        ),
        (
            'FATAL:  could not write to file "pg_wal/xlogtemp.1": No space left on device',
            "PostgreSQL startet nicht: Der Datenträger ist voll.",
            "df -h zeigt die Belegung; Platz schaffen oder DATA=<anderer Ordner> angeben.",
        ),
        (
            "bind: Address already in use",
            "PostgreSQL startet nicht: Der Port ist schon belegt.",
            "ss -ltnp zeigt, wer ihn hält; oder PORT=<anderer Port> angeben.",
        ),
        (
            "mkdir: Read-only file system",
            "PostgreSQL startet nicht: Der Datenordner ist schreibgeschützt.",
            "DATA=<beschreibbarer Ordner> angeben.",
        ),
    ],
)
def test_a_known_cause_is_named_with_its_remedy(output, sentence, remedy):
    error = explain(output, service="PostgreSQL")

    assert (error.sentence, error.remedy) == (sentence, remedy)


def test_an_unknown_cause_is_not_guessed():
    assert explain("all is well", service="PostgreSQL") is None


def test_a_full_disk_while_files_are_made_is_named():
    error = explain_os(OSError(errno.ENOSPC, "No space left on device", "/data/x"))

    assert error.sentence == "Verbund startet nicht: Der Datenträger ist voll."


def test_another_error_of_the_system_names_the_path():
    error = explain_os(PermissionError(errno.EACCES, "Permission denied", "/data/x"))

    assert error.sentence == (
        "Der Datenordner lässt sich nicht benutzen: das Konto darf dort nicht schreiben (/data/x)."
    )


def test_the_text_of_an_error_holds_sentence_and_remedy():
    assert str(EmbeddedError("Es geht nicht.", remedy="make demo")) == "Es geht nicht. Abhilfe: make demo"
    assert str(EmbeddedError("Es geht nicht.")) == "Es geht nicht."


def test_a_file_instead_of_a_data_folder_is_one_clear_sentence(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(EmbeddedError, match="lässt sich nicht benutzen: kein Ordner"):
        Installation(tmp_path / "file").start()
