# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`{% load accounts %}`: addresses that differ between the hosts, and names of roles."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext_lazy

from verbund.accounts.links import page_url
from verbund.accounts.roles import label_of

register = template.Library()


@register.simple_tag
def people_url(name: str, **arguments: Any) -> str:
    """`{% people_url "person" person_id=3 %}`."""
    return page_url(name, **arguments)


_FACTORS = {
    "totp": gettext_lazy("Authenticator-App"),
    "webauthn": gettext_lazy("Passkey"),
    "recovery_codes": gettext_lazy("Wiederherstellungscodes"),
}


@register.filter
def factor_label(kind: str) -> str:
    return str(_FACTORS.get(kind, kind))


@register.filter
def role_label(slug: str) -> str:
    return label_of(slug)
