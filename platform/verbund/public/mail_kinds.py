# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mails of the public pages that a municipality may write in its own words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.offers import MailKind, MailPlaceholder

MAILS = (
    MailKind(
        template="public/barrier_answer",
        label=_("Rückmeldung zur Barrierefreiheit: Antwort"),
        placeholders=(
            MailPlaceholder(
                name="nummer", label=_("Nummer der Rückmeldung"), value="{{ reference }}", example="BF-7"
            ),
            MailPlaceholder(
                name="eingang",
                label=_("Tag des Eingangs"),
                value="{{ received_at|day }}",
                example="14.12.2026",
            ),
            MailPlaceholder(
                name="antwort",
                label=_("Ihre Antwort"),
                value="{{ text }}",
                example="Das Menü lässt sich jetzt mit der Tastatur öffnen.",
            ),
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
        ),
    ),
)
