# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about members, the association and inhabitants."""

from __future__ import annotations

from django.urls import path

from billing.master_data import members, reading

_MEMBERS = "finanzen/mitglieder/"
urlpatterns = [
    path(_MEMBERS, members.members, name="members"),
    path(f"{_MEMBERS}absender/", members.issuer, name="issuer"),
    path(f"{_MEMBERS}einlesen/", reading.read_members, name="members-read"),
    path(f"{_MEMBERS}einwohner/", reading.read_population, name="population"),
    path(f"{_MEMBERS}kommunen/<slug:slug>/", members.member, name="member"),
]
