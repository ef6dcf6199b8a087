# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the inbox: narrow it, work on several cases at once, keep a view, arrange a deputy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.accounts.api import PersonName
from verbund.kernel.offers import CaseKind
from verbund.kernel.texts import LazyText
from verbund.web.forms import DateField, Form


class InboxFilter(Form):
    """Narrows the inbox; its values stand in the address."""

    q = forms.CharField(
        label=_("Suchen"), required=False, help_text=_("Nummer, Wörter aus dem Betreff, Zuständige")
    )
    quelle = forms.ChoiceField(label=_("Bereich"), required=False)
    ansicht = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: Iterable[CaseKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Alle Bereiche")), *((kind.slug, kind.label) for kind in kinds)]
        self.fields["quelle"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


def _choices(people: Sequence[PersonName], nobody: LazyText) -> list[tuple[str, Any]]:
    return [("", nobody), *((str(person.id), person.name) for person in people)]


class AssignForm(Form):
    """Who shall look after the chosen cases; empty gives them back to all."""

    person = forms.TypedChoiceField(label=_("Zuständig"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, people: Sequence[PersonName], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = _choices(people, _("niemand"))  # type: ignore[attr-defined]  # a ChoiceField


class PutOffForm(Form):
    """Until when the chosen cases rest; empty brings them back."""

    until = DateField(label=_("Wiedervorlage am"), required=False)


class SaveViewForm(Form):
    """A name for what the inbox shows right now."""

    name = forms.CharField(label=_("Name der Ansicht"), max_length=60)


class DeputyForm(Form):
    """Who stands in for whom, on which days."""

    person = forms.TypedChoiceField(label=_("Vertretene Person"), coerce=int)
    deputy = forms.TypedChoiceField(label=_("Vertretung durch"), coerce=int)
    from_on = DateField(label=_("Erster Tag"))
    until_on = DateField(label=_("Letzter Tag"))

    def __init__(
        self, *args: Any, people: Sequence[PersonName], own: PersonName | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose = _("Bitte wählen")
        self.fields["person"].choices = (  # type: ignore[attr-defined]  # a ChoiceField
            _choices(people, choose) if own is None else [(str(own.id), own.name)]
        )
        self.fields["deputy"].choices = _choices(people, choose)  # type: ignore[attr-defined]  # a ChoiceField
