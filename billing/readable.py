# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables that people hand in: what Python's reader gives up on, and files too large to be looked at, are refused in words."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from verbund.kernel.errors import Invalid


@contextmanager
def readable() -> Iterator[None]:
    """Around (or as decorator of) whatever reads a table.

    Raises:
        Invalid: a cell has more than 128 kB, or it is no table at all.
    """
    try:
        yield
    except csv.Error as error:
        sentence = _("Die Tabelle ist nicht lesbar. Speichern Sie sie als CSV mit Semikolons.")
        raise Invalid(sentence, fields={"file": sentence}) from error


def of_size(file: UploadedFile[Any], most: int) -> UploadedFile[Any]:
    """An upload that may be read as a whole.

    Raises:
        ValidationError: it is larger; nothing of it was read.
    """
    if (file.size or 0) > most:
        raise forms.ValidationError(
            _("Die Datei ist größer als %(most)s MB.") % {"most": most // (1024 * 1024)}
        )
    return file
