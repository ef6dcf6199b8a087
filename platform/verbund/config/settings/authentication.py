# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may sign in and how; the rules themselves stand in verbund.accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "verbund.accounts.backend.PersonBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "verbund.accounts.passwords.EasyToGuessValidator"},
]
PASSWORD_RESET_TIMEOUT = 2 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

_FORMS = "verbund.accounts.forms_entrance"
ACCOUNT_ADAPTER = "verbund.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by accepting the invitation
ACCOUNT_EMAIL_NOTIFICATIONS = False  # our services write their own
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "verbund.accounts.reset.ResetTokenGenerator"  # noqa: S105 (a class)
# A town hall shares one address; accounts are guarded by axes.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "120/m/ip,20/5m/key",
    "reset_password": "60/m/ip,5/5m/key",
}
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.SignInForm",
    "reset_password": f"{_FORMS}.ForgottenPasswordForm",
    "reset_password_from_key": f"{_FORMS}.NewPasswordForm",
    "change_password": f"{_FORMS}.ChangePasswordForm",
    "reauthenticate": f"{_FORMS}.ConfirmPasswordForm",
}

# Addresses come to allauth as keyed hashes, which have no networks.
ALLAUTH_RATE_LIMIT_IPV6_PREFIX = 128

MFA_ADAPTER = "verbund.accounts.mfa.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 10  # still short enough to type, a hundred times harder to guess than the default
MFA_FORMS = {
    "authenticate": f"{_FORMS}.SecondFactorForm",
    "reauthenticate": f"{_FORMS}.ConfirmCodeForm",
    "activate_totp": f"{_FORMS}.ActivateAppForm",
    "deactivate_totp": f"{_FORMS}.RemoveAppForm",
    "generate_recovery_codes": f"{_FORMS}.NewRecoveryCodesForm",
    "add_webauthn": f"{_FORMS}.AddPasskeyForm",
    "edit_webauthn": f"{_FORMS}.RenamePasskeyForm",
    "authenticate_webauthn": f"{_FORMS}.PasskeyForm",
    "reauthenticate_webauthn": f"{_FORMS}.ConfirmPasskeyForm",
}

AXES_HANDLER = "verbund.accounts.lockout.LockoutHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "verbund.accounts.lockout.account_pseudonym"
AXES_CLIENT_IP_CALLABLE = "verbund.accounts.lockout.address_pseudonym"
AXES_LOCKOUT_CALLABLE = "verbund.accounts.lockout.lockout_response"
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "login",
    "email",
    "code",
    "credential",
    "csrfmiddlewaretoken",
]
AXES_DISABLE_ACCESS_LOG = True  # our audit record notes who signed in
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
