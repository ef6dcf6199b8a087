# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of master data: filled with what holds now; what differs is the change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tenants import directory
from tenants.bodies_list import known_body
from tenants.master_data import Wanted
from tenants.models import Tenant
from tenants.onboarding_input import BodyInput
from verbund.kernel import clock
from verbund.web.confirmation import ReasonField
from verbund.web.forms import DateField, Form

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}
# Where a service's reasons belong.
FIELDS = {"host": "hosts", "body": "bodies", "from": "takes_effect_on"}


class MasterDataForm(Form):
    """Name, slug, hosts and bodies of a member."""

    name = forms.CharField(label=_("Name"), max_length=200)
    slug = forms.CharField(
        label=_("Kürzel"),
        max_length=40,
        help_text=_("Für Adressen der Konsole und Befehle. Hosts ändern sich dadurch nicht."),
        widget=forms.TextInput(attrs=_PLAIN),
    )
    ars = forms.CharField(
        label=_("Regionalschlüssel (ARS)"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    hosts = forms.CharField(
        label=_("Hosts"),
        widget=forms.Textarea(attrs={"rows": 3, **_PLAIN}),
        help_text=_(
            "Einer je Zeile; der erste steht in Links und E-Mails. Was Sie streichen, leitet noch eine Zeit lang um."
        ),
    )
    bodies = forms.CharField(
        label=_("Gemeinden"),
        widget=forms.Textarea(attrs={"rows": 3, **_PLAIN}),
        help_text=_("Eine je Zeile: AGS und Name, zum Beispiel 12061219 Heideblick"),
    )
    takes_effect_on = DateField(label=_("Gilt ab"))
    reason = ReasonField()

    def __init__(self, *args: Any, tenant: Tenant, **kwargs: Any) -> None:
        self.tenant = tenant
        self.current_hosts = [host.domain for host in directory.serving_hosts(tenant)]
        today = clock.today()
        self.current_bodies = {
            body.ags: body.name
            for body in tenant.bodies.all()
            if body.valid_from <= today and (body.valid_to is None or body.valid_to > today)
        }
        kwargs["initial"] = {
            "name": tenant.name,
            "slug": tenant.slug,
            "ars": tenant.ars,
            "hosts": "\n".join(self.current_hosts),
            "bodies": "\n".join(f"{ags} {name}" for ags, name in self.current_bodies.items()),
            "takes_effect_on": today,
        }
        super().__init__(*args, **kwargs)

    def clean_hosts(self) -> list[str]:
        given: str = self.cleaned_data["hosts"]
        return list(dict.fromkeys(given.lower().split()))

    def clean_bodies(self) -> dict[str, str]:
        lines = [line.split(maxsplit=1) for line in self.cleaned_data["bodies"].splitlines() if line.strip()]
        found: dict[str, str] = {}
        for ags, *rest in lines:
            if ags in found:
                raise ValidationError(_("Der AGS %(ags)s ist doppelt angegeben."), params={"ags": ags})
            known = known_body(ags)
            found[ags] = rest[0].strip() if rest else known.name if known else ""
        return found

    def wanted(self) -> Wanted:
        """What differs from what holds now; a body under another name ends and begins anew."""
        values = self.cleaned_data
        hosts: list[str] = values["hosts"]
        bodies: dict[str, str] = values["bodies"]
        same = {ags for ags, name in bodies.items() if self.current_bodies.get(ags) == name}
        is_new_primary = bool(hosts) and hosts[:1] != self.current_hosts[:1]
        return Wanted(
            takes_effect_on=values["takes_effect_on"],
            name=values["name"].strip() if values["name"].strip() != self.tenant.name else "",
            slug=values["slug"] if values["slug"] != self.tenant.slug else "",
            ars=values["ars"] if values["ars"] != self.tenant.ars else "",
            primary_host=hosts[0] if is_new_primary else "",
            add_hosts=tuple(host for host in hosts if host not in self.current_hosts),
            drop_hosts=tuple(host for host in self.current_hosts if host not in hosts),
            add_bodies=tuple(
                BodyInput(ags=ags, name=name) for ags, name in bodies.items() if ags not in same
            ),
            end_bodies=tuple(ags for ags in self.current_bodies if ags not in same),
        )
