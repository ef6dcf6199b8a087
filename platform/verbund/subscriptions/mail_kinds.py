# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mails of the subscriptions package that a municipality may write in its own words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.offers import MailKind, MailPlaceholder

_AREA = MailPlaceholder(
    name="gebiet", label=_("Gebiet"), value="{{ area }}", example="500 m um Hauptstraße 12, 15926 Heideblick"
)
_NEWS = MailPlaceholder(
    name="neuigkeiten",
    label=_("Die Neuigkeiten mit Link, jede als Absatz"),
    value="{{ news }}",
    example="Straßenlaterne, Hauptstraße 14\nNeu: eingegangen\nhttps://…",
)

MAILS = (
    MailKind(
        template="subscriptions/confirm",
        label=_("Mein Ort: Abonnement bestätigen"),
        placeholders=(
            _AREA,
            MailPlaceholder(
                name="frist",
                label=_("Tag, bis zu dem der Link gilt"),
                value="{{ expires_at|day }}",
                example="28.12.2026",
            ),
        ),
        action_label="Abonnement bestätigen",
    ),
    MailKind(
        template="subscriptions/known",
        label=_("Mein Ort: schon abonniert"),
        placeholders=(_AREA,),
        action_label="Abonnement ansehen",
    ),
    MailKind(
        template="subscriptions/news",
        label=_("Mein Ort: sofort"),
        placeholders=(
            _AREA,
            MailPlaceholder(
                name="titel",
                label=_("Was die erste Neuigkeit ist, und wie viele noch"),
                value="{{ title }}",
                example="Straßenlaterne, Hauptstraße 14",
            ),
            _NEWS,
        ),
        action_label="Abonnement ändern oder pausieren",
    ),
    MailKind(
        template="subscriptions/digest",
        label=_("Mein Ort: wöchentlich"),
        placeholders=(
            _AREA,
            MailPlaceholder(
                name="anzahl", label=_("Wie viele Neuigkeiten"), value="{{ count }}", example="3 Neuigkeiten"
            ),
            _NEWS,
        ),
        action_label="Abonnement ändern oder pausieren",
    ),
)
