# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing the texts: a new version for each change, shown to citizens once somebody has confirmed it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.public import foot, pages
from verbund.public.errors import NotReady, TextRefused
from verbund.public.kinds import PageKind
from verbund.public.models import ContactDetails, LegalPage
from verbund.public.placeholders import unknown
from verbund.public.searching import keep_pages_findable

LONGEST = 60_000


@transaction.atomic
def write_page(*, kind: PageKind, body: str, by: Actor, at: datetime, is_example: bool = False) -> LegalPage:
    """Keep a text as the newest version; citizens go on seeing the confirmed one.

    The same text as the newest version changes nothing.

    Raises:
        TextRefused: it is too long or names a placeholder that does not exist.
    """
    body = body.replace("\r\n", "\n").strip()
    _check(body)
    newest = LegalPage.objects.select_for_update().filter(kind=kind).order_by("-version").first()
    if newest is not None and newest.body == body and newest.is_example == is_example:
        return newest
    page = LegalPage.objects.create(
        kind=kind,
        version=newest.version + 1 if newest else 1,
        body=body,
        is_example=is_example,
        written_at=at,
        written_by=by.id,
    )
    _audit("written", page, by=by, at=at)
    return page


@transaction.atomic
def confirm_page(*, kind: PageKind, version: int, by: Actor, at: datetime) -> LegalPage:
    """Show a version to citizens; confirming it twice changes nothing.

    Raises:
        NotFound: there is no such version.
        NotReady: a newer one exists, a mandatory page is empty, or facts it needs are missing.
    """
    state = pages.state_of(kind)
    page = pages.version_of(kind, version)
    if page.is_confirmed:
        return page
    if state.newest is None or state.newest.version != version:
        raise NotReady(_("Inzwischen gibt es eine neuere Fassung. Bitte prüfen Sie diese."))
    if state.is_mandatory and not page.body:
        raise NotReady(_("%(page)s ist leer. Bitte schreiben Sie zuerst den Text.") % {"page": state.label})
    if state.is_mandatory and state.gaps:
        raise NotReady(
            _("In „%(page)s“ fehlen noch Angaben: %(gaps)s.")
            % {"page": state.label, "gaps": ", ".join(state.gaps)}
        )
    page.confirmed_at, page.confirmed_by = at, by.id
    page.save(update_fields=["confirmed_at", "confirmed_by"])
    _audit("confirmed", page, by=by, at=at)
    foot.forget()
    keep_pages_findable(kind)
    return page


@transaction.atomic
def save_contact_details(*, values: dict[str, str], by: Actor, at: datetime) -> ContactDetails:
    """Change how the administration is reached; all texts show it at once."""
    contact, _created = ContactDetails.objects.select_for_update().get_or_create(pk=1)
    changed = sorted(name for name, value in values.items() if getattr(contact, name) != value)
    if not changed:
        return contact
    for name in changed:
        setattr(contact, name, values[name])
    contact.save(update_fields=changed)
    foot.forget()
    keep_pages_findable()
    audit.record(
        action="public.contact.changed",
        subject="public.contact:1",
        by=by,
        changes=dict.fromkeys(changed),
        at=at,
    )
    return contact


def _check(body: str) -> None:
    if len(body) > LONGEST:
        raise TextRefused(
            fields={"body": _("Der Text ist zu lang. Erlaubt sind %(most)s Zeichen.") % {"most": LONGEST}}
        )
    wrong = unknown(body)
    if wrong:
        marks = ", ".join(f"{{{name}}}" for name in wrong)
        raise TextRefused(
            fields={
                "body": _("Diese Platzhalter gibt es nicht: %(marks)s. Erlaubt sind nur die aus der Liste.")
                % {"marks": marks}
            }
        )


def _audit(verb: str, page: LegalPage, *, by: Actor, at: datetime) -> None:
    audit.record(
        action=f"public.legal_page.{verb}",
        subject=f"public.legal_page:{page.kind}",
        by=by,
        changes={"version": page.version, "is_example": page.is_example},
        at=at,
    )
