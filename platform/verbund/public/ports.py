# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the public pages offer to packages below them."""

from __future__ import annotations

from django.urls import reverse

from verbund.public import pages


class ContactLetterhead:
    """The port `MailLetterhead`: the foot of a mail is what stands in the contact details; its frame adds the name."""

    def reply_to(self) -> str:
        return pages.contact_details().email

    def imprint(self) -> str:
        contact = pages.contact_details()
        lines = [
            contact.street_address,
            f"{contact.postal_code} {contact.town}".strip(),
            contact.phone,
        ]
        return "\n".join(line for line in lines if line)


class ContactOfController:
    """The port `ControllerContact`: whoever answers for the data is whom the legal pages name."""

    def address(self) -> str:
        return ", ".join([*letterhead.imprint().splitlines(), *filter(None, [letterhead.reply_to()])])

    def represented_by(self) -> str:
        return pages.contact_details().represented_by

    def data_protection(self) -> str:
        return pages.contact_details().data_protection_email

    def edit_url(self) -> str:
        return reverse("public-staff:contact")


letterhead = ContactLetterhead()
controller = ContactOfController()
