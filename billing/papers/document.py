# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One document: what it says, how it was checked, what became of it; and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.closing.periods import month_of
from billing.forms import month_text
from billing.issuing.cancelling import cancel_document
from billing.issuing.draft import Kind, is_invoice
from billing.issuing.finding import Standing, get_document
from billing.issuing.models import PDF, XML
from billing.papers.documents import standing_of
from billing.papers.forms import CancelForm
from billing.permissions import BillingPermission
from billing.receivables.open_items import items_with_open
from verbund.accounts.access import requires, requires_fresh_factor
from verbund.accounts.api import actor_of, names_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, NotFound
from verbund.web.texts import day_text, euro_text

Row = Any  # a Document with its standing


@requires(BillingPermission.READ_PERIODS)
@require_safe
def document(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one document."""
    row = get_document(number)
    return render(
        request,
        "billing/papers/document.html",
        {
            "document": row,
            **standing_of(row.standing),
            "facts": _facts(row),
            "files": _files(row),
            "checks": _checks(row),
            "lines": row.content["lines"],
            "history": _history(row),
            "may_cancel": _is_cancellable(row) and actor_of(request).may(BillingPermission.ISSUE),
            "breadcrumb_items": _way(row.number),
        },
    )


@requires(BillingPermission.ISSUE)
@requires_fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Say what will happen, ask why, and take the document back."""
    row = get_document(number)
    if not _is_cancellable(row):
        raise NotFound
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = cancel_document(
                number=number,
                reason=form.cleaned_data["reason"],
                is_replaced=form.cleaned_data["is_replaced"],
                by=actor_of(request),
                at=clock.now(),
                today=clock.today(),
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            said = (
                _("%(number)s ist aufgehoben durch %(correction)s und ersetzt durch %(replacement)s.")
                if done.replacement
                else _("%(number)s ist aufgehoben durch %(correction)s.")
            )
            names = {
                "number": number,
                "correction": done.correction.number,
                "replacement": done.replacement.number if done.replacement else "",
            }
            messages.success(request, said % names)
            return redirect("billing-association:document", number=number)
    return render(
        request,
        "billing/papers/cancel.html",
        {
            "document": row,
            "form": form,
            "effects": _effects(row),
            "cancel_url": reverse("billing-association:document", kwargs={"number": number}),
            "breadcrumb_items": _way(row.number, _("Aufheben")),
        },
    )


def _is_cancellable(row: Row) -> bool:
    return row.standing == Standing.ISSUED and row.cancels_id is None


def _way(number: str, *below: str) -> list[tuple[str, str]]:
    start = [
        (_("Finanzen"), reverse("billing-association:months")),
        (_("Belege"), reverse("billing-association:documents")),
    ]
    if not below:
        return [*start, (number, "")]
    return [*start, (number, _url(number)), *((title, "") for title in below)]


def _url(number: str) -> str:
    return reverse("billing-association:document", kwargs={"number": number})


def _facts(row: Row) -> list[tuple[str, ...]]:
    """Label and value; where there is a page about it, also its address and what the link says."""
    slug, month = row.tenant.slug, row.period.name
    statement = reverse("billing-association:member-statement", kwargs={"month": month, "slug": slug})
    item = items_with_open().filter(number=row.number).first()
    facts: list[tuple[str, ...]] = [
        (_("Kommune"), row.content["buyer"]["name"]),
        (_("Monat"), month_text(month_of(row.period)), statement, _("Abrechnung ansehen")),
        (_("Steuerart"), row.get_regime_display()),
        (_("Vom"), day_text(row.issued_on)),
        (_("Fällig am"), day_text(row.due_on)),
        (_("Netto"), euro_text(row.net_cents)),
        (_("Umsatzsteuer"), euro_text(row.vat_cents)),
        (_("Betrag"), euro_text(row.gross_cents)),
    ]
    if item is not None:
        facts.append((_("Davon offen"), euro_text(item.open_cents)))
    if row.content["buyer"]["leitweg_id"] and is_invoice(Kind(row.kind)):
        facts.append((_("Leitweg-ID"), row.content["buyer"]["leitweg_id"]))
    facts.append((_("Aufzubewahren bis"), day_text(row.keep_until)))
    return facts


def _files(row: Row) -> list[dict[str, Any]]:
    def file(form: str, kind: str, size: int) -> dict[str, Any]:
        url = reverse("billing-association:document-file", kwargs={"number": row.number, "form": form})
        return {"name": f"{row.number}.{form}", "url": url, "kind": kind, "size": size}

    hybrid = "PDF/A" if row.xml is None else "PDF/A, ZUGFeRD"
    files = {PDF: (hybrid, row.pdf), XML: ("XRechnung, UBL", row.xml)}
    return [file(form, files[form][0], len(files[form][1] or b"")) for form in row.forms]


def _checks(row: Row) -> list[tuple[str, str]]:
    """Hashes, and what the official rules were; a notice has no rules."""
    found = [(_("Prüfsumme PDF (SHA-256)"), row.pdf_sha256)]
    if row.xml is not None:
        found.append((_("Prüfsumme XML (SHA-256)"), row.xml_sha256))
        found.append((_("Geprüft mit"), row.rules))
    return found


def _history(row: Row) -> list[dict[str, Any]]:
    """What was before, the issue itself, and what became of it."""
    related = [
        (row.cancels, _("Hebt %(number)s auf")),
        (row.replaces, _("Ersetzt %(number)s")),
        (getattr(row, "cancelled_by", None), _("Aufgehoben durch %(number)s")),
        (getattr(row, "replaced_by", None), _("Ersetzt durch %(number)s")),
    ]
    names = names_of({row.issued_by, *(other.issued_by for other, _said in related if other)})
    entries = [
        {
            "title": _("Ausgestellt"),
            "at": row.issued_at,
            "actor": names.get(row.issued_by, ""),
            "text": row.reason,
        }
    ]
    for other, said in related:
        if other is not None:
            is_later = other.issued_at >= row.issued_at and other.pk > row.pk
            entries.append(
                {
                    "title": said % {"number": other.number},
                    "at": other.issued_at if is_later else None,
                    "actor": names.get(other.issued_by, "") if is_later else "",
                    "text": other.reason if is_later else "",
                    "files": [{"name": other.number, "url": _url(other.number)}],
                }
            )
    return entries


def _effects(row: Row) -> list[str]:
    if is_invoice(Kind(row.kind)):
        first = _("Eine Rechnungskorrektur nimmt %(number)s zurück.")
    else:
        first = _("Ein Aufhebungsbescheid nimmt %(number)s zurück.")
    return [
        first % {"number": row.number},
        _("Das Dokument selbst bleibt unverändert erhalten."),
        _("Sind die Beträge falsch, gehört das in eine Berichtigung des nächsten Monats."),
    ]
