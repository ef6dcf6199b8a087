# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API's addresses for usage and billing on the association's host."""

from __future__ import annotations

from django.urls import path

from billing.closing.rest import periods, statements, steps
from billing.ingest.rest import UsageEvents
from billing.issuing.rest import Issue
from billing.postings.rest import ExportFile, PeriodExport
from billing.rest import UsageList

_PERIOD = "billing/periods/<str:period>/"

urlpatterns = [
    path("usage/", UsageList.as_view(), name="usage"),
    path("usage/events/", UsageEvents.as_view(), name="usage-events"),
    path("billing/periods/", periods.PeriodList.as_view(), name="periods"),
    path(_PERIOD, periods.PeriodDetail.as_view(), name="period"),
    path(f"{_PERIOD}calculate/", steps.Calculate.as_view(), name="calculate"),
    path(f"{_PERIOD}approve/", steps.Approve.as_view(), name="approve"),
    path(f"{_PERIOD}issue/", Issue.as_view(), name="issue"),
    path(f"{_PERIOD}close/", steps.Close.as_view(), name="close"),
    path(f"{_PERIOD}export/", PeriodExport.as_view(), name="export"),
    path(f"{_PERIOD}statements/", statements.StatementList.as_view(), name="statements"),
    path(f"{_PERIOD}statements/<slug:slug>/", statements.StatementDetail.as_view(), name="statement"),
    path("billing/exports/<int:number>/", ExportFile.as_view(), name="export-file"),
]
