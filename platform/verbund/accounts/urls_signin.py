# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages under /konto/ on every host. Names without namespace are those allauth asks for."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from verbund.accounts.views import factors, invitation, own, passwords

urlpatterns = [
    path("", own.own, name="account_own"),
    path("anmelden/", account.login, name="account_login"),
    path("anmelden/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("anmelden/code/", mfa.authenticate, name="mfa_authenticate"),
    path("abmelden/", account.logout, name="account_logout"),
    path("geschlossen/", account.account_inactive, name="account_inactive"),
    path("bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("bestaetigen/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("bestaetigen/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("einladung/", invitation.accept, name="account_invitation"),
    path("einladung/<str:secret>/", invitation.follow, name="account_accept_invitation"),
    path("passwort/aendern/", passwords.change, name="account_change_password"),
    path("passwort/vergessen/", account.password_reset, name="account_reset_password"),
    path("passwort/vergessen/gesendet/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "passwort/neu/fertig/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        passwords.reset,
        name="account_reset_password_from_key",
    ),
    path("sitzungen/<int:session_id>/beenden/", own.end_session, name="account_end_session"),
    path("sitzungen/beenden/", own.end_other_sessions, name="account_end_other_sessions"),
    path("zweiter-faktor/", mfa.index, name="mfa_index"),
    path("zweiter-faktor/noetig/", factors.needed, name="account_factor_needed"),
    path("zweiter-faktor/app/", factors.activate_app, name="mfa_activate_totp"),
    path("zweiter-faktor/app/entfernen/", factors.remove_app, name="mfa_deactivate_totp"),
    path("zweiter-faktor/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("zweiter-faktor/codes/neu/", factors.renew_codes, name="mfa_generate_recovery_codes"),
    path("zweiter-faktor/codes/datei/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("zweiter-faktor/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("zweiter-faktor/passkeys/neu/", factors.add_passkey, name="mfa_add_webauthn"),
    path("zweiter-faktor/passkeys/<int:pk>/umbenennen/", factors.rename_passkey, name="mfa_edit_webauthn"),
    path("zweiter-faktor/passkeys/<int:pk>/entfernen/", factors.remove_passkey, name="mfa_remove_webauthn"),
]
