# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the finance people fill in about members, the association and inhabitants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from billing.issuing.details import IssuerDetails, RecipientDetails
from billing.issuing.models import (
    CODE_LENGTH,
    LEITWEG_LENGTH,
    NAME_LENGTH,
    PLACE_LENGTH,
    TEXT_LENGTH,
    InvoiceSyntax,
    Issuer,
    Recipient,
)
from billing.population_file import LARGEST_BYTES
from billing.readable import of_size
from verbund.web.forms import DateField, Form

_CSV = ".csv,.txt,text/csv,text/plain"
_LARGEST = 1024 * 1024


class AddressForm(Form):
    """What a member and the association have in common."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    street = forms.CharField(label=_("Straße und Hausnummer"), max_length=PLACE_LENGTH)
    postcode = forms.CharField(label=_("Postleitzahl"), max_length=10)
    city = forms.CharField(label=_("Ort"), max_length=PLACE_LENGTH)


class RecipientForm(AddressForm):
    """A member as it stands on its documents."""

    customer_number = forms.CharField(label=_("Kundennummer"), max_length=CODE_LENGTH)
    leitweg_id = forms.CharField(
        label=_("Leitweg-ID"),
        max_length=LEITWEG_LENGTH,
        required=False,
        help_text=_("Ohne sie entsteht keine XRechnung. Die Kommune nennt sie Ihnen."),
    )
    email = forms.CharField(label=_("E-Mail-Adresse der Kämmerei"), max_length=NAME_LENGTH, required=False)

    syntax = forms.ChoiceField(
        label=_("Form der Rechnungen"),
        choices=InvoiceSyntax.choices,
        initial=InvoiceSyntax.UBL,
        help_text=_("Diese Datei steht vorn; die andere gibt es immer dazu."),
    )

    @classmethod
    def initial_of(cls, row: Recipient | None, *, name: str) -> dict[str, Any]:
        """What is kept; of a member without anything only its name."""
        names = cls.base_fields
        return {field: getattr(row, field) for field in names} if row else {"name": name}

    def details(self) -> RecipientDetails:
        return RecipientDetails(**self.cleaned_data)


class IssuerForm(AddressForm):
    """The association as it stands on its documents."""

    sections = (
        (_("Anschrift"), ("name", "street", "postcode", "city")),
        (_("Ansprechstelle"), ("identifier", "contact", "phone", "email")),
        (_("Bank und Steuer"), ("iban", "bic", "bank", "vat_id", "tax_number", "days_to_pay")),
        (_("Bescheide"), ("statute", "remedy")),
    )
    identifier = forms.CharField(
        label=_("Kennung als Rechnungssteller"),
        max_length=CODE_LENGTH,
        help_text=_("steht auf Rechnungen ohne USt-IdNr., zum Beispiel Ihre Nummer bei den Mitgliedern"),
    )
    contact = forms.CharField(label=_("Ansprechstelle"), max_length=PLACE_LENGTH)
    phone = forms.CharField(label=_("Telefon"), max_length=40)
    email = forms.CharField(label=_("E-Mail-Adresse"), max_length=NAME_LENGTH)
    iban = forms.CharField(label=_("IBAN"), max_length=42)
    bic = forms.CharField(label=_("BIC"), max_length=11, required=False)
    bank = forms.CharField(label=_("Bank"), max_length=PLACE_LENGTH, required=False)
    vat_id = forms.CharField(label=_("USt-IdNr."), max_length=20, required=False)
    tax_number = forms.CharField(label=_("Steuernummer"), max_length=30, required=False)
    days_to_pay = forms.IntegerField(label=_("Zahlungsfrist in Tagen"), initial=30)
    statute = forms.CharField(
        label=_("Rechtsgrundlage der Umlage"),
        max_length=NAME_LENGTH,
        help_text=_("zum Beispiel § 12 der Verbandssatzung"),
    )
    remedy = forms.CharField(
        label=_("Rechtsbehelfsbelehrung"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 5})
    )

    @classmethod
    def initial_of(cls, row: Issuer | None) -> dict[str, Any]:
        return {field: getattr(row, field) for field in cls.base_fields} if row else {}

    def details(self) -> IssuerDetails:
        return IssuerDetails(**self.cleaned_data)


class LinesForm(Form):
    """A table: a file, or its lines pasted or corrected here."""

    file = forms.FileField(
        label=_("Datei"),
        required=False,
        help_text=_("CSV mit Semikolons, höchstens 1 MB"),
        widget=forms.FileInput(attrs={"accept": _CSV}),
        error_messages={"empty": _("Die Datei ist leer.")},
    )
    content = forms.CharField(
        label=_("Zeilen"),
        required=False,
        help_text=_("Aus der Tabelle kopiert, mit den Überschriften; hier lassen sie sich auch ändern."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        max_length=_LARGEST,
        strip=False,
    )

    @override
    def clean(self) -> dict[str, Any]:
        """Lines come before the file: they may have been corrected since."""
        given: dict[str, Any] = super().clean() or {}
        file = given.get("file")
        if file and not given.get("content"):
            if file.size > _LARGEST:
                self.add_error("file", _("Die Datei ist größer als ein Megabyte."))
            else:
                given["content"] = _decoded(file.read())
        if not given.get("content") and "file" not in self.errors:
            self.add_error("file", _("Wählen Sie eine Datei, oder fügen Sie Zeilen ein."))
        return given

    def with_lines(self) -> LinesForm:
        """The same form with the file's lines in the field, where they can be changed."""
        data = {name: self.data.get(name, "") for name in self.fields if name != "file"}
        return type(self)({**data, "content": self.cleaned_data["content"]})


class PopulationForm(Form):
    """How many people lived in each municipality on a day, as the statistics office published it."""

    file = forms.FileField(
        label=_("Datei"),
        help_text=_("CSV mit den Spalten ARS, Gemeinde und Einwohner"),
        widget=forms.FileInput(attrs={"accept": _CSV}),
        error_messages={"empty": _("Die Datei ist leer.")},
    )
    reference_date = DateField(label=_("Stichtag"))
    census = forms.CharField(label=_("Zensusbasis"), max_length=40, help_text=_("zum Beispiel Zensus 2022"))
    source = forms.CharField(
        label=_("Veröffentlichung"),
        max_length=300,
        help_text=_("Herausgeber, Titel und Stand; steht später in jeder Herleitung"),
    )

    def clean_file(self) -> Any:
        return of_size(self.cleaned_data["file"], LARGEST_BYTES)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
