# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The finance people's pages on the association's host."""

from __future__ import annotations

from django.urls import path

from billing.board import urls as board
from billing.books import urls as books
from billing.collection import views as collection
from billing.ingest import views as ingest
from billing.master_data import urls as master_data
from billing.papers import urls as papers
from billing.postings import account_views
from billing.postings import views as postings
from billing.receivables import views as receivables
from billing.simulation import urls as simulation
from verbund.accounts.reach.pages import for_all_members

_ITEMS, _POSTINGS = "abrechnung/offene-posten/", "abrechnung/buchungen/"
_ACCOUNTS = "abrechnung/konten/"
_DEBITS = "abrechnung/lastschriften/"
_PAGES = [
    *simulation.urlpatterns,
    *papers.urlpatterns,
    path(_ITEMS, receivables.items, name="items"),
    path(f"{_ITEMS}liste/", receivables.download, name="items-list"),
    path(f"{_ITEMS}auszug/", receivables.statement, name="statement"),
    path(f"{_ITEMS}zahlungen/<int:payment_id>/", receivables.payment, name="payment"),
    path(_POSTINGS, postings.overview, name="postings"),
    path(f"{_POSTINGS}ausgeben/", postings.make, name="postings-make"),
    path(f"{_POSTINGS}ausgaben/<int:number>/", postings.download, name="posting-batch"),
    path(f"{_POSTINGS}profile/<slug:slug>/", postings.profile, name="profile"),
    path(_ACCOUNTS, account_views.accounts, name="accounts"),
    path(f"{_ACCOUNTS}kommunen/", account_views.save_members, name="accounts-members"),
    path(f"{_ACCOUNTS}erloese/", account_views.save_income, name="accounts-income"),
    *master_data.urlpatterns,
    *books.urlpatterns,
    path("finanzen/abgelehnt/", ingest.rejected, name="rejected"),
    path(_DEBITS, collection.overview, name="collection"),
    path(f"{_DEBITS}ausgeben/", collection.make, name="collect"),
    path(f"{_DEBITS}rueckgabe/", collection.returned, name="debit-returned"),
    path(f"{_DEBITS}konto/", collection.creditor, name="creditor"),
    path(f"{_DEBITS}mandate/neu/", collection.new_mandate, name="mandate-new"),
    path(f"{_DEBITS}mandate/<int:number>/beenden/", collection.ending, name="mandate-end"),
    path(f"{_DEBITS}dateien/<str:message_id>/", collection.download, name="collection-file"),
    # Last: below /finanzen/ every name that no line above takes is a month.
    *board.urlpatterns,
]
# Whoever looks after some members reads them over the API, which leaves out the others; a page of sums cannot.
urlpatterns = [for_all_members(page) for page in _PAGES]
