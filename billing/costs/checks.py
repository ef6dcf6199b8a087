# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked of everything that is entered here: text, month, module, meter."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from verbund.kernel import registry
from verbund.kernel.errors import Invalid

# As the fields of the tables; a number beyond it is a slip of the keyboard.
MOST_CENTS = 10**13


def refused(field: str, sentence: str) -> Invalid:
    """A refusal at one field."""
    return Invalid(sentence, fields={field: sentence})


def check_text(field: str, text: str, *, most: int) -> str:
    """The text without spaces around it.

    Raises:
        Invalid: it is empty or too long.
    """
    found = text.strip()
    if not found:
        raise refused(field, _("Diese Angabe fehlt. Sie steht später in jeder Herleitung."))
    if len(found) > most:
        raise refused(field, _("Kürzen Sie die Angabe auf höchstens %(most)s Zeichen.") % {"most": most})
    return found


def check_month(field: str, day: date) -> date:
    """The first day of a month, by which months are named here.

    Raises:
        Invalid: it is another day.
    """
    if day.day != 1:
        raise refused(
            field,
            _("Fassungen und Kosten gelten ab dem Ersten eines Monats. Nehmen Sie den %(day)s.")
            % {"day": f"{day.replace(day=1):%d.%m.%Y}"},
        )
    return day


def check_cents(field: str, cents: int) -> int:
    """An amount that can be meant."""
    if abs(cents) > MOST_CENTS:
        raise refused(field, _("Der Betrag ist zu groß. Prüfen Sie die Stellen."))
    return cents


def check_module(field: str, module: str) -> str:
    """Empty, or a module that is installed."""
    if module and registry.module(module) is None:
        raise refused(
            field,
            _("Das Modul „%(module)s“ gibt es nicht. Wählen Sie eines aus der Liste.") % {"module": module},
        )
    return module


def check_meter(field: str, meter: str) -> str:
    """A meter that some package declares."""
    if meter not in registry.meters():
        raise refused(
            field,
            _("Den Zähler „%(meter)s“ gibt es nicht. Wählen Sie einen aus der Liste.") % {"meter": meter},
        )
    return meter
