# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the finance people enter accounts: one field for each member, and one form for an account of income."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.postings.account_list import Income
from billing.postings.models import ACCOUNT_LENGTH
from tenants.models import Tenant
from verbund.web.forms import Form


class MemberAccountsForm(Form):
    """The account of each member; an empty field leaves it as it is."""

    def __init__(
        self, *args: Any, members: Sequence[tuple[Tenant, str]], proposed: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for tenant, account in members:
            self.fields[tenant.slug] = forms.CharField(
                label=tenant.name,
                max_length=ACCOUNT_LENGTH,
                required=False,
                initial=account or proposed.get(tenant.slug, ""),
            )

    def accounts(self) -> dict[str, str]:
        """By short name, without empty ones."""
        return {slug: account for slug, account in self.cleaned_data.items() if account}


class IncomeAccountForm(Form):
    """An account of income with what the accounting program needs beside it."""

    target = forms.ChoiceField(label=_("Wofür"))
    account = forms.CharField(label=_("Konto"), max_length=ACCOUNT_LENGTH)
    tax_key = forms.CharField(
        label=_("Steuerschlüssel"), max_length=4, required=False, help_text=_("höchstens vier Ziffern")
    )
    product = forms.CharField(
        label=_("Produkt"),
        max_length=ACCOUNT_LENGTH,
        required=False,
        help_text=_("nur wenn Ihr Haushalt danach bucht"),
    )

    def __init__(self, *args: Any, incomes: Sequence[Income], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["target"]
        field.choices = [(income.target, title_of(income)) for income in incomes]

    def chosen(self) -> dict[str, str]:
        """What the service is given."""
        regime, _slash, service = self.cleaned_data["target"].partition("/")
        rest = {name: self.cleaned_data[name] for name in ("account", "tax_key", "product")}
        return {"regime": regime, "service": service, **rest}


def title_of(income: Income) -> str:
    """`hoheitlich, § 2b UStG: Mängelmelder`."""
    regime = str(income.regime.label)
    return f"{regime}: {income.service.title}" if income.service else regime
