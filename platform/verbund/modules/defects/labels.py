# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""German words for states, lights and steps."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verbund.modules.defects.states import Light, State, Step

STATE_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        State.UNCONFIRMED: _("unbestätigt"),
        State.RECEIVED: _("eingegangen"),
        State.IN_REVIEW: _("in Prüfung"),
        State.QUESTION: _("Rückfrage"),
        State.IN_PROGRESS: _("in Bearbeitung"),
        State.SCHEDULED: _("eingeplant"),
        State.FORWARDED: _("weitergeleitet"),
        State.DONE: _("erledigt"),
        State.NOT_REPAIRED: _("nicht umsetzbar"),
        State.DUPLICATE: _("schon gemeldet"),
        State.REOPEN_REQUESTED: _("Wiedereröffnung gewünscht"),
        State.HIDDEN: _("verworfen"),
    }
)

LIGHT_LABELS: Mapping[Light, Promise] = MappingProxyType(
    {
        Light.RED: _("eingegangen"),
        Light.YELLOW: _("in Bearbeitung"),
        Light.GREEN: _("erledigt"),
        Light.YELLOW_GREEN: _("abgeschlossen oder weitergeleitet"),
    }
)

# What the button says; verbs, because it does something.
_STEP_LABELS: Mapping[State, Promise] = MappingProxyType(
    {
        State.RECEIVED: _("Wieder aufnehmen"),
        State.IN_REVIEW: _("Prüfung beginnen"),
        State.QUESTION: _("Rückfrage stellen"),
        State.IN_PROGRESS: _("In Bearbeitung nehmen"),
        State.SCHEDULED: _("Termin einplanen"),
        State.FORWARDED: _("Weiterleiten"),
        State.DONE: _("Als erledigt abschließen"),
        State.NOT_REPAIRED: _("Als nicht umsetzbar abschließen"),
        State.DUPLICATE: _("Als schon gemeldet verknüpfen"),
        State.HIDDEN: _("Verwerfen"),
    }
)
# Where the same target is reached from another state, the button says something else.
_FROM: Mapping[State, Promise] = MappingProxyType(
    {
        State.QUESTION: _("Antwort ist da: weiter wie vorher"),
        State.DUPLICATE: _("Verknüpfung lösen"),
        State.HIDDEN: pgettext_lazy("Meldung", "Wiederherstellen"),
        State.DONE: _("Wieder öffnen"),
        State.NOT_REPAIRED: _("Wieder öffnen"),
    }
)
_BETWEEN: Mapping[tuple[State, State], Promise] = MappingProxyType(
    {
        (State.SCHEDULED, State.SCHEDULED): _("Termin ändern"),
        (State.FORWARDED, State.FORWARDED): _("An eine andere Stelle weiterleiten"),
        (State.REOPEN_REQUESTED, State.IN_REVIEW): _("Annehmen und wieder prüfen"),
        (State.REOPEN_REQUESTED, State.DONE): _("Ablehnen, bleibt erledigt"),
        (State.REOPEN_REQUESTED, State.NOT_REPAIRED): _("Ablehnen, bleibt nicht umsetzbar"),
    }
)


def state_label(state: str) -> str:
    """The state in words, as part of a sentence."""
    return str(STATE_LABELS[State(state)])


def state_title(state: str) -> str:
    """The state in words, with a capital letter."""
    label = state_label(state)
    return label[:1].upper() + label[1:]


def step_label(step: Step) -> str:
    """What the button of a step says."""
    between = _BETWEEN.get((step.source, step.target))
    return str(between or _FROM.get(step.source) or _STEP_LABELS[step.target])
