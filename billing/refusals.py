# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the engine refuses, as an answer in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext

from billing.allocation.refusal import Refused
from verbund.kernel.errors import Invalid


@contextmanager
def spoken() -> Iterator[None]:
    """Turn a refusal of the engine into one that views, the API and commands know.

    Raises:
        Invalid: the engine refused; the field is named.
    """
    try:
        yield
    except Refused as refused:
        sentence = gettext(refused.sentence) % refused.values
        raise Invalid(sentence, fields={refused.field: sentence}) from refused
