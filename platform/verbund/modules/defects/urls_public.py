# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages for citizens under /maengel/, and Open311 for the programs they use."""

from __future__ import annotations

from django.urls import include, path, register_converter

from verbund.modules.defects.references import ReferenceConverter
from verbund.modules.defects.views import public, reporting

register_converter(ReferenceConverter, "defects_reference")

_REPORTING = [
    path("", reporting.place, name="place"),
    path("was/", reporting.what, name="what"),
    path("aehnlich/", reporting.similar, name="similar"),
    path("kontakt/", reporting.contact, name="contact"),
    path("pruefen/", reporting.check, name="check"),
    path("abbrechen/", reporting.cancel, name="cancel"),
    path("foto/<uuid:file_id>.jpg", reporting.draft_photo, name="draft-photo"),
]

urlpatterns = [
    path("maengel/", public.report_list, name="list"),
    path("maengel/karte.geojson", public.points, name="points"),
    path("maengel/melden/", include(_REPORTING)),
    path("maengel/danke/<str:token>/", reporting.receipt, name="receipt"),
    path("maengel/bestaetigen/<str:secret>/", public.confirm, name="confirm"),
    path("maengel/<defects_reference:reference>/", public.report, name="report"),
    path("maengel/<defects_reference:reference>/karte.geojson", public.point, name="point"),
    path("open311/v2/", include("verbund.modules.defects.rest.open311.urls")),
]
