# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund texts …`: the texts of a municipality, also of one that is not active yet, or of the association."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tenants import directory
from tenants.models import Tenant
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.context import Scope
from verbund.kernel.errors import NotFound
from verbund.public import pages, services
from verbund.public.kinds import MANDATORY, PageKind
from verbund.public.models import ContactDetails

OPERATOR = Actor(kind="system", role="operator", name="Kommandozeile")
_CONTACT = (
    "organisation", "street_address", "postal_code", "town", "phone", "email", "represented_by", "data_protection_email",
)  # fmt: skip


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "texts", help="Rechtstexte und Kontaktangaben einer Kommune oder des Verbands"
    )
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    listing = _action(actions, "list", "Zustand aller Texte", run_list)
    listing.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    showing = _action(actions, "show", "einen Text ausgeben", run_show)
    _page(showing)
    setting = _action(actions, "set", "einen Text setzen", run_set)
    _page(setting)
    setting.add_argument("--file", type=Path, required=True, help="Datei in UTF-8; `-` liest die Eingabe")
    contact = _action(actions, "contact", "Kontaktangaben setzen", run_contact)
    for name in _CONTACT:
        contact.add_argument(f"--{name.replace('_', '-')}", default=None)
    confirming = _action(actions, "confirm", "Texte bestätigen", run_confirm)
    _page(confirming, required=False)


def run_list(arguments: argparse.Namespace) -> int:
    with _entered(arguments.tenant):
        rows = [_row(state) for state in pages.states()]
    if arguments.json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return 0
    for row in rows:
        gaps = f" (fehlt: {', '.join(row['gaps'])})" if row["gaps"] else ""
        sys.stdout.write(f"{row['page']:18} {row['state']}{gaps}\n")
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    with _entered(arguments.tenant):
        state = pages.state_of(PageKind(arguments.page))
    sys.stdout.write((state.newest.body if state.newest else "") + "\n")
    return 0


def run_set(arguments: argparse.Namespace) -> int:
    body = sys.stdin.read() if str(arguments.file) == "-" else arguments.file.read_text(encoding="utf-8")
    with _entered(arguments.tenant):
        page = services.write_page(kind=PageKind(arguments.page), body=body, by=OPERATOR, at=clock.now())
    sys.stdout.write(f"{page.kind}: Fassung {page.version}, noch nicht bestätigt\n")
    return 0


def run_contact(arguments: argparse.Namespace) -> int:
    values = {name: value for name in _CONTACT if (value := getattr(arguments, name)) is not None}
    with _entered(arguments.tenant):
        services.save_contact_details(values=values, by=OPERATOR, at=clock.now())
        contact = ContactDetails.objects.first() or ContactDetails()
        for name in _CONTACT:
            sys.stdout.write(f"{name.replace('_', '-'):22} {getattr(contact, name) or '–'}\n")
    return 0


def run_confirm(arguments: argparse.Namespace) -> int:
    """Confirm one text, or all mandatory ones that wait; stops at the first that is not ready."""
    kinds = [PageKind(arguments.page)] if arguments.page else list(MANDATORY)
    with _entered(arguments.tenant):
        for kind in kinds:
            newest = pages.state_of(kind).newest
            if newest is None:
                raise NotFound(f"{kind.value}: Es gibt noch keinen Text.")
            page = services.confirm_page(kind=kind, version=newest.version, by=OPERATOR, at=clock.now())
            sys.stdout.write(f"{kind.value}: Fassung {page.version} bestätigt\n")
    return 0


def _action(actions: Any, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=text)
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--tenant", metavar="KÜRZEL", help="die Kommune")
    whose.add_argument("--association", action="store_true", help="der Verband selbst")
    parser.set_defaults(run=run)
    return parser


def _page(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument(
        "--page", required=required, choices=[kind.value for kind in PageKind], help="die Seite"
    )


@contextmanager
def _entered(slug: str | None) -> Iterator[Scope]:
    """The municipality in whatever state it is: texts are written before it goes active. Without one, the association."""
    if slug is None:
        with context.enter_association() as association:
            yield association
        return
    with context.enter_association():
        tenant = Tenant.objects.prefetch_related("domains", "bodies", "activations").filter(slug=slug).first()
        if tenant is None:
            raise NotFound(f"Es gibt keine Kommune „{slug}“.")
        municipality = directory.describe(tenant)
    with context.enter(municipality):
        yield municipality


def _row(state: pages.PageState) -> dict[str, Any]:
    if state.is_empty:
        words = "leer"
    elif state.has_draft:
        words = "Entwurf, noch nicht bestätigt"
    else:
        words = "bestätigt"
    return {
        "page": state.kind.value,
        "mandatory": state.is_mandatory,
        "version": state.newest.version if state.newest else None,
        "published_version": state.published.version if state.published else None,
        "state": words,
        "gaps": list(state.gaps),
    }
