# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the finance department on the association's host."""

from __future__ import annotations

from django.urls import path

from billing.board import board, decisions, statements, yearly

urlpatterns = [
    path("finanzen/", board.months, name="months"),
    path("finanzen/uebersicht/", yearly.year, name="year"),
    path("finanzen/uebersicht/liste/", yearly.download, name="year-list"),
    path("finanzen/<str:month>/", board.month, name="month"),
    path("finanzen/<str:month>/liste/", statements.download, name="month-list"),
    path("finanzen/<str:month>/berechnen/", decisions.calculate, name="calculate"),
    path("finanzen/<str:month>/nachfrist/", decisions.stop_waiting, name="stop-waiting"),
    path("finanzen/<str:month>/verwerfen/", decisions.discard, name="discard"),
    path("finanzen/<str:month>/freigeben/", decisions.approve, name="approve"),
    path("finanzen/<str:month>/freigabe-zuruecknehmen/", decisions.withdraw, name="withdraw"),
    path("finanzen/<str:month>/abschliessen/", decisions.close, name="close"),
    path("finanzen/<str:month>/kommunen/<slug:slug>/", statements.statement, name="member-statement"),
]
