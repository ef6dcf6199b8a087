# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts that texts take from the registry and the contact details: `{anschrift}`, `{email}` and so on.

A change of address is made once and stands in every text. What is missing is shown as a gap and keeps a mandatory
page from being confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from verbund.kernel.context import Municipality, Scope
from verbund.notify.sender import own_host
from verbund.public.addresses import is_association
from verbund.public.models import ContactDetails

_MARK = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A text with its facts; ``gaps`` names those that are missing, in the order of their first appearance."""

    text: str
    gaps: tuple[str, ...]


def names() -> dict[str, str]:
    """Every placeholder of the entered scope with what it stands for."""
    own = (
        {"name": _("Name des Verbands")}
        if is_association()
        else {
            "name": _("Name der Verwaltung"),
            "gemeinden": _("Gemeinden, für die die Verwaltung zuständig ist"),
        }
    )
    return {
        **own,
        "anschrift": _("Straße, Postleitzahl und Ort"),
        "telefon": _("Telefon"),
        "email": _("E-Mail-Adresse der Verwaltung"),
        "vertretung": _("Wer die Verwaltung vertritt"),
        "datenschutz_email": _("E-Mail-Adresse für Datenschutz"),
        "host": _("Adresse dieser Seite im Internet"),
    }


def unknown(body: str) -> list[str]:
    """Placeholders in a text that do not exist."""
    known = names()
    return sorted({mark for mark in _MARK.findall(body) if mark not in known})


def fill(body: str, facts: Mapping[str, str]) -> Filled:
    """Put the facts in; an unknown mark stays as it is."""
    labels = names()
    gaps: dict[str, None] = {}

    def put(found: re.Match[str]) -> str:
        name = found[1]
        if name not in labels:
            return found[0]
        if not facts.get(name):
            gaps[labels[name]] = None
            return _("[fehlt: %(fact)s]") % {"fact": labels[name]}
        return facts[name]

    return Filled(text=_MARK.sub(put, body), gaps=tuple(gaps))


def facts_of(scope: Scope, contact: ContactDetails) -> dict[str, str]:
    """The facts of the entered scope as they are now; missing ones are empty."""
    address = [contact.street_address, f"{contact.postal_code} {contact.town}".strip()]
    if isinstance(scope, Municipality):
        own = {
            "name": scope.display_name,
            "gemeinden": "\n".join(f"- {body.name}" for body in scope.bodies),
            "host": scope.hosts[0] if scope.hosts else "",
        }
    else:
        own = {"name": contact.organisation, "host": own_host()}
    return {
        **own,
        "anschrift": "\n".join(address) if all(address) else "",
        "telefon": contact.phone,
        "email": contact.email,
        "vertretung": contact.represented_by,
        "datenschutz_email": contact.data_protection_email,
    }
