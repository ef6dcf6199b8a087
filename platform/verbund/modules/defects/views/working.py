# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Puts together the page a clerk works on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbund.accounts.api import PersonName, people_who_may
from verbund.cases.deadlines import is_overdue
from verbund.cases.forms_staff import NoteForm
from verbund.cases.presenting import office_entries
from verbund.kernel import clock
from verbund.kernel.actors import Actor
from verbund.modules.defects import placing
from verbund.modules.defects.forms_staff import AnswerForm, AssignForm, ReleaseForm, StepForm
from verbund.modules.defects.handing_over import latest_handover, may_be_handed_over
from verbund.modules.defects.labels import step_label
from verbund.modules.defects.links import path_to
from verbund.modules.defects.models import Report, Reporter
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.queries import next_unanswered
from verbund.modules.defects.rules import is_public, steps_for_staff
from verbund.places import frames

# In the address: the name of the query and the tab's label.
VIEWS: Mapping[str, tuple[str, Promise]] = MappingProxyType(
    {
        "": ("open", _("Offen")),
        "neu": ("new", _("Neu")),
        "meine": ("mine", _("Meine")),
        "ohne": ("unassigned", _("Ohne Zuständige")),
        "ueberfaellig": ("overdue", _("Überfällig")),
        "abgeschlossen": ("closed", _("Abgeschlossen")),
        "alle": ("all", _("Alle")),
    }
)


def people() -> list[PersonName]:
    """Who may look after reports."""
    return people_who_may(DefectsPermission.READ)


def step_forms(report: Report, data: Any = None) -> list[StepForm]:
    """A form for each allowed step; only the one that was sent is bound."""
    reporter = Reporter.objects.defer("name", "email", "phone").filter(report=report).first()
    sent = data.get("schritt") if data is not None else None
    forms = []
    for step in steps_for_staff(report, reporter):
        form = StepForm(data if step.target == sent else None, step=step)
        form.title = step_label(step)  # type: ignore[attr-defined]  # for the template alone
        forms.append(form)
    return forms


def page_values(report: Report, by: Actor) -> dict[str, Any]:
    """Everything the page shows; forms only for what the person may do."""
    photos = list(report.photos.select_related("file"))
    may_answer = by.may(DefectsPermission.ANSWER)
    return {
        "report": report,
        "photos": photos,
        "entries": office_entries(report.case),
        "due_on": report.case.due_on,
        "is_overdue": is_overdue(report.case, today=clock.today()),
        "has_reporter": Reporter.objects.filter(report=report).exists(),
        "may_see_contact": by.may(DefectsPermission.CONTACT),
        "steps": step_forms(report) if may_answer else [],
        "answer_form": AnswerForm(prefix="auskunft") if may_answer and is_public(report) else None,
        "note_form": NoteForm(prefix="notiz") if by.may(DefectsPermission.NOTE) else None,
        "assign_form": _assign_form(report) if by.may(DefectsPermission.ASSIGN) else None,
        "release_form": _release_form(report, photos) if by.may(DefectsPermission.RELEASE) else None,
        "may_redact": by.may(DefectsPermission.RELEASE),
        "own_id": by.id,
        "handover": latest_handover(report),
        "may_hand_over": may_answer and may_be_handed_over(report),
        "may_answer": may_answer,
        "next_reference": next_unanswered(report),
        "is_public": is_public(report),
        # Not by the tag url: within the office's pages it would take the name for the office's own.
        "public_url": path_to("defects:report", reference=report.reference) if is_public(report) else "",
        "point_url": path_to("defects:point", reference=report.reference) if is_public(report) else "",
        "bounds": placing.bounds_around(report.latitude, report.longitude),
        "attribution": frames.attribution(),
    }


def _assign_form(report: Report) -> AssignForm:
    return AssignForm(people=people(), initial={"person": report.case.assignee_id}, prefix="zustaendig")


def _release_form(report: Report, photos: list[Any]) -> ReleaseForm:
    """A text nobody has released yet is offered as the reporter wrote it."""
    shown = [photo.pk for photo in photos if photo.released_at is not None]
    text = report.public_description or report.description
    return ReleaseForm(
        photos=photos, initial={"public_description": text, "photos": shown}, prefix="freigabe"
    )
