# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of a municipality's staff about data protection."""

from __future__ import annotations

from django.urls import path

from verbund.privacy import views
from verbund.privacy.incidents.views import incident
from verbund.privacy.offers import views as offers
from verbund.privacy.periods import views as periods
from verbund.privacy.persons import views as persons

urlpatterns = [
    path("datenschutz/", views.record, name="record"),
    path("datenschutz/verzeichnis.pdf", views.record_pdf, name="record-pdf"),
    path("datenschutz/panne/", incident, name="incident"),
    path("datenschutz/antraege/", persons.show_requests, name="requests"),
    path("datenschutz/antraege/neu/", persons.new_request, name="request-new"),
    path("datenschutz/antraege/<str:reference>/", persons.show_request, name="request"),
    path("datenschutz/antraege/<str:reference>/identitaet/", persons.note_identity, name="request-identity"),
    path("datenschutz/antraege/<str:reference>/loeschen/", persons.erase, name="request-erase"),
    path("datenschutz/antraege/<str:reference>/abschluss/", persons.close, name="request-close"),
    path("datenschutz/antraege/<str:reference>/antwort.pdf", persons.answer_pdf, name="request-pdf"),
    path("datenschutz/archiv/", offers.offers, name="offers"),
    path("datenschutz/archiv/<int:number>/", offers.offer, name="offer"),
    path("datenschutz/archiv/<int:number>/datei.zip", offers.download, name="offer-download"),
    path("datenschutz/archiv/<int:number>/uebergeben/", offers.hand_over, name="offer-handover"),
    path("datenschutz/archiv/art/<str:slug>/", offers.duty, name="offer-duty"),
    path("datenschutz/archiv/art/<str:slug>/anbieten/", offers.make, name="offer-make"),
    path("datenschutz/fristen/", periods.periods, name="periods"),
    path("datenschutz/fristen/<str:slug>/", periods.period, name="period"),
    path("datenschutz/vorgaenge/<str:reference>/anhalten/", periods.hold, name="hold"),
    path("datenschutz/vorgaenge/<str:reference>/nicht-anhalten/", periods.release, name="hold-release"),
]
