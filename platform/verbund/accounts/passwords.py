# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Passwords that are long and still guessed at once: refused, without rules about kinds of characters."""

from __future__ import annotations

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from verbund.kernel import context
from verbund.kernel.context import Municipality

_ROWS = (
    "qwertzuiopasdfghjklyxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
)
_RUN = 5
_LEAST_OWN = 6
_REPEATED = re.compile(r"(.{1,6}?)\1+")


class EasyToGuessValidator:
    """Refuses what is left too short when common words, the place's name, repetitions and rows are taken out.

    `Passwort2026!` and `heideblick123` are among the first guesses although they are long.
    """

    def __init__(self) -> None:
        self._common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: object | None = None) -> None:  # noqa: ARG002 (Django's signature)
        rest = password.lower()
        for word in (*_local_words(), "passwort", "password", "verbund", "gemeinde", "rathaus", "willkommen"):
            rest = rest.replace(word, "")
        stem = rest.strip("0123456789!?.,-_#*+$%&/()= ")
        rest = _without_rows(_REPEATED.sub(r"\1", rest))
        if len(rest) < _LEAST_OWN or stem in self._common:
            raise ValidationError(_("Dieses Passwort ist zu leicht zu erraten."), code="password_too_easy")

    def get_help_text(self) -> str:
        return _("Am sichersten sind mehrere Wörter, die nichts miteinander zu tun haben.")


def _local_words() -> tuple[str, ...]:
    scope = context.current_or_none()
    if not isinstance(scope, Municipality):
        return ()
    return tuple(word.lower() for word in (*re.split(r"[^\w]+", scope.name), scope.slug) if len(word) > 3)  # noqa: PLR2004


def _without_rows(text: str) -> str:
    """Runs along the keyboard or the alphabet, either way, count as one character."""
    for row in _ROWS:
        for direction in (row, row[::-1]):
            for start in range(len(direction) - _RUN + 1):
                text = text.replace(direction[start : start + _RUN], "")
    return text
