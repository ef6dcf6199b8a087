# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why something cannot be shared out, as a sentence that names the way out."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """A refusal: ``field`` says where, ``sentence`` is a msgid with the ``values`` still to be filled in.

    The engine knows no language but its own; `billing.refusals` turns this into an answer in the reader's.
    """

    def __init__(self, field: str, sentence: str, values: Mapping[str, str | int] | None = None) -> None:
        self.field = field
        self.sentence = sentence
        self.values = dict(values or {})
        super().__init__(sentence % self.values)
