# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about members, the association and inhabitants."""

from __future__ import annotations

from django.urls import path

from billing.master_data import members, membership, reading

_MEMBERS = "finanzen/mitglieder/"
_MEMBER = f"{_MEMBERS}kommunen/<slug:slug>/"
urlpatterns = [
    path(_MEMBERS, members.members, name="members"),
    path(f"{_MEMBERS}absender/", members.issuer, name="issuer"),
    path(f"{_MEMBERS}einlesen/", reading.read_members, name="members-read"),
    path(f"{_MEMBERS}einwohner/", reading.read_population, name="population"),
    path(_MEMBER, members.member, name="member"),
    path(f"{_MEMBER}mitgliedschaft/", membership.membership, name="membership"),
    path(f"{_MEMBER}mitgliedschaft/neu/", membership.add, name="membership-add"),
    path(f"{_MEMBER}mitgliedschaft/<int:membership_id>/", membership.end, name="membership-end"),
    path(f"{_MEMBER}vorauszahlungen/", membership.advances, name="advances-set"),
]
