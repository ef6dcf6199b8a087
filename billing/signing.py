# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who stands behind a grave step without a browser: a personal key with the right, and that person's second factor."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from verbund.accounts import mfa, second_factor
from verbund.accounts.api import actor_for_token
from verbund.accounts.models import ApiToken, Person
from verbund.accounts.services.tokens import recognise_token
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Forbidden, Invalid
from verbund.web.limits import Limit

_LONGEST = 4096
# Whoever holds a stolen key must not find the six digits by trying.
_CODES = Limit(name="billing_codes", most=10, seconds=300)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The key comes from a file or the standard input, never from the arguments, which every process can read."""
    parser.add_argument(
        "--token-file",
        metavar="DATEI",
        help="Datei mit Ihrem persönlichen Schlüssel; „-“ liest ihn von der Eingabe",
    )
    parser.add_argument("--code", default="", metavar="CODE", help="Code Ihrer Authenticator-App")


def signed_by(arguments: argparse.Namespace, permission: str, *, at: datetime) -> Actor:
    """The person's key as an actor, after the second factor was shown; the association must be entered.

    Raises:
        Invalid: no key is given, or its file cannot be read.
        TokenRefused: the key is unknown, expired or revoked.
        Forbidden: it lacks the right, is nobody's, or the second factor is missing or wrong.
        TooManyRequests: too many codes were tried for this person.
    """
    return signed(recognise_token(_text(arguments.token_file), at=at), permission, code=arguments.code)


def signed(token: ApiToken, permission: str, *, code: str) -> Actor:
    """A recognised key as an actor, after the second factor of its person was shown; the code is used up.

    Raises:
        Forbidden: the key lacks the right, is nobody's, or the second factor is missing or wrong.
        TooManyRequests: too many codes were tried for this person.
    """
    if token.created_by is None:
        raise Forbidden(_("Dieser Schlüssel gehört keiner Person. Nehmen Sie einen persönlichen."))
    actor = actor_for_token(token)
    if not actor.may(permission):
        raise Forbidden(
            _("Der Schlüssel hat das Recht „%(permission)s“ nicht. Geben Sie einen mit diesem Recht aus.")
            % {"permission": permission}
        )
    _check_factor(token.created_by, code)
    return actor


def _check_factor(person: Person, code: str) -> None:
    if mfa.has_app(person):
        _CODES.spend(str(person.pk))
        if not mfa.confirms(person, code):
            sentence = _(
                "Der Code stimmt nicht oder wurde schon benutzt. Nennen Sie den nächsten aus Ihrer Authenticator-App."
            )
            raise Forbidden(sentence, fields={"code": sentence})
    elif second_factor.is_enforced() or second_factor.has_one(person):
        sentence = _(
            "Für diesen Schritt brauchen Sie eine Authenticator-App. Richten Sie sie in Ihrem Konto ein."
        )
        raise Forbidden(sentence, fields={"code": sentence})


def _text(given: str | None) -> str:
    if not given:
        sentence = _("Nennen Sie die Datei mit Ihrem persönlichen Schlüssel: --token-file DATEI.")
        raise Invalid(sentence, fields={"token_file": sentence})
    if given == "-":
        return sys.stdin.read(_LONGEST).strip()
    try:
        with Path(given).open(encoding="utf-8") as file:
            return file.read(_LONGEST).strip()
    except (OSError, UnicodeDecodeError) as error:
        sentence = _("Die Datei %(path)s ist nicht lesbar.") % {"path": given}
        raise Invalid(sentence, fields={"token_file": sentence}) from error
