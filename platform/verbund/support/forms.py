# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms about support access."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.support.states import DEFAULT_MINUTES, MINUTES
from verbund.web.forms import Form

_LABELS = {
    30: _("30 Minuten"),
    60: _("1 Stunde"),
    120: _("2 Stunden"),
    240: _("4 Stunden"),
    480: _("8 Stunden"),
}


class AccessForm(Form):
    """What an operator asks for."""

    reason = forms.CharField(
        label=_("Grund"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Die Kommune liest ihn auf jeder Seite und im Protokoll. Nennen Sie keine Personen."),
    )
    minutes = forms.TypedChoiceField(
        label=_("Dauer"),
        coerce=int,
        choices=[(minutes, _LABELS[minutes]) for minutes in MINUTES],
        initial=DEFAULT_MINUTES,
    )
    may_change = forms.BooleanField(
        label=_("Darf ändern"),
        required=False,
        help_text=_("Ohne Haken kann nur gelesen werden."),
    )


class ApprovalForm(Form):
    """Whether the administration wants to be asked first."""

    needs_approval = forms.BooleanField(
        label=_("Jeder Fernzugriff braucht vorher unsere Freigabe"),
        required=False,
        help_text=_(
            "Ohne Haken kann der Verband sofort zugreifen. Sie sehen es auf jeder Seite und können es beenden."
        ),
    )
