# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""People and keys of programs: under /verwaltung/ of a municipality, at the root of the association's host."""

from __future__ import annotations

from django.urls import path

from verbund.accounts.views import people, person, tokens

urlpatterns = [
    path("personen/", people.listing, name="people"),
    path("personen/einladen/", people.invite, name="invite"),
    path("personen/anmelderegeln/", people.policy, name="policy"),
    path("personen/<int:person_id>/", person.detail, name="person"),
    path("personen/<int:person_id>/einladung/", person.renew, name="renew_invitation"),
    path("personen/<int:person_id>/rolle/", person.change_role, name="change_role"),
    path("personen/<int:person_id>/deaktivieren/", person.deactivate, name="deactivate"),
    path("personen/<int:person_id>/aktivieren/", person.reactivate, name="reactivate"),
    path("personen/<int:person_id>/zweiter-faktor/", person.reset_factors, name="reset_factors"),
    path("personen/<int:person_id>/sitzungen/beenden/", person.end_sessions, name="end_sessions"),
    path(
        "personen/<int:person_id>/sitzungen/<int:session_id>/beenden/", person.end_session, name="end_session"
    ),
    path("zugangsschluessel/", tokens.listing, name="tokens"),
    path("zugangsschluessel/<int:token_id>/uebernehmen/", tokens.adopt, name="adopt_token"),
    path("zugangsschluessel/<int:token_id>/sperren/", tokens.revoke, name="revoke_token"),
]
