# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the public pages offer to packages below them."""

from __future__ import annotations

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


letterhead = ContactLetterhead()
