# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages for the office, all under /verwaltung/maengel/."""

from __future__ import annotations

from django.urls import include, path, register_converter

from verbund.modules.defects.references import ReferenceConverter
from verbund.modules.defects.views import handover, photos, staff

register_converter(ReferenceConverter, "defects_staff_reference")

_REPORT = [
    path("", staff.report, name="report"),
    path("schritt/", staff.step, name="step"),
    path("auskunft/", staff.answer, name="answer"),
    path("notiz/", staff.note, name="note"),
    path("zustaendig/", staff.assign, name="assign"),
    path("freigabe/", staff.release, name="release"),
    path("fotos/<int:photo_id>/", photos.redact, name="redact"),
    path("kontakt/", staff.contact, name="contact"),
    path("abgeben/", handover.give, name="hand-over"),
    path("behalten/", handover.keep, name="keep"),
    path("zurueckgeben/", handover.give_back, name="hand-back"),
]

urlpatterns = [
    path("maengel/", staff.report_list, name="list"),
    path("maengel/einstellungen/", staff.edit_settings, name="settings"),
    path("maengel/einstellungen/<slug:code>/", staff.edit_category, name="category"),
    path("maengel/<defects_staff_reference:reference>/", include(_REPORT)),
]
