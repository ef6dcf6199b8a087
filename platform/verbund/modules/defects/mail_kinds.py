# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mails to whoever reports a defect, which a municipality may write in its own words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.offers import MailKind, MailPlaceholder

_ABOUT = (
    MailPlaceholder(
        name="nummer", label=_("Nummer der Meldung"), value="{{ reference }}", example="M-2026-0042"
    ),
    MailPlaceholder(
        name="kategorie", label=_("Kategorie"), value="{{ report.category.name }}", example="Straßenlaterne"
    ),
    MailPlaceholder(
        name="ort", label=_("Ort der Meldung"), value="{{ report.address }}", example="Dorfstraße 12"
    ),
)
_STATUS_PAGE = (
    MailPlaceholder(
        name="statusseite",
        label=_("Adresse der Seite mit allen Anliegen"),
        value="{{ status_url }}",
        example="https://…/anliegen/…/",
    ),
    MailPlaceholder(
        name="linkfrist",
        label=_("Tag, bis zu dem der Link gilt"),
        value="{{ status_until|day }}",
        example="28.12.2026",
    ),
)

MAILS = (
    MailKind(
        template="defects/confirm",
        label=_("Meldung: bitte bestätigen"),
        placeholders=_ABOUT,
        action_label="Meldung bestätigen",
    ),
    MailKind(
        template="defects/received",
        label=_("Meldung: eingegangen"),
        placeholders=(
            *_ABOUT,
            MailPlaceholder(
                name="frist",
                label=_("Tag, bis zu dem Sie antworten wollen"),
                value="{{ due_on|day }}",
                example="14.12.2026",
            ),
            *_STATUS_PAGE,
        ),
        action_label="Meldung ansehen",
    ),
    MailKind(
        template="defects/news",
        label=_("Meldung: Neuigkeit"),
        placeholders=(
            *_ABOUT,
            MailPlaceholder(
                name="stand", label=_("Stand der Meldung"), value="{{ state }}", example="In Arbeit"
            ),
            MailPlaceholder(
                name="termin",
                label=_("Tag, an dem es erledigt sein soll"),
                value="{{ entry.expected_on|day }}",
                example="21.12.2026",
            ),
            MailPlaceholder(
                name="stelle",
                label=_("Wer jetzt zuständig ist"),
                value="{{ entry.forwarded_to }}",
                example="Landesbetrieb Straßenwesen",
            ),
            MailPlaceholder(
                name="nachricht",
                label=_("Ihre Nachricht"),
                value="{{ entry.text }}",
                example="Die Lampe ist bestellt.",
            ),
            *_STATUS_PAGE,
        ),
        action_label="Meldung ansehen",
    ),
)
