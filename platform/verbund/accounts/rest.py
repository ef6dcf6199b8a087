# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sign-in of the REST API: the key of a program, or the session of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from typing_extensions import override

from verbund.accounts import second_factor
from verbund.accounts.api import actor_of
from verbund.accounts.errors import TokenRefused
from verbund.accounts.models import ApiToken, Person
from verbund.accounts.services.tokens import recognise_token
from verbund.kernel import clock

if TYPE_CHECKING:
    # Only for types: its module reads the settings that name this one.
    from rest_framework.views import APIView

_SCHEME = "bearer"


class TokenBearer:
    """Stands as `request.user` where a program asks; it is nobody."""

    is_authenticated = True
    is_anonymous = False
    is_active = True
    pk = None

    def __init__(self, token: ApiToken) -> None:
        self.token = token

    def may(self, permission: str) -> bool:
        return permission in self.token.scopes

    @override
    def __str__(self) -> str:
        return self.token.name


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer vb_m000042_…`; a key of another municipality is refused like an unknown one."""

    @override
    def authenticate(self, request: Request) -> tuple[TokenBearer, ApiToken] | None:
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != _SCHEME:
            return None
        return self.authenticate_text(text.strip())

    def authenticate_text(self, text: str) -> tuple[TokenBearer, ApiToken]:
        """For protocols with a place of their own for the key, such as Open311's `api_key`."""
        try:
            token = recognise_token(text, at=clock.now())
        except TokenRefused as refusal:
            raise exceptions.AuthenticationFailed(refusal.message, code=refusal.code) from refusal
        return TokenBearer(token), token

    @override
    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class SessionAuthentication(authentication.SessionAuthentication):
    """A person's session, with CSRF token; not before a demanded second factor is set up."""

    @override
    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        found = super().authenticate(request)
        person = found[0] if found else None
        if isinstance(person, Person) and second_factor.is_missing(_plain(request), person):
            raise exceptions.PermissionDenied(_("Richten Sie zuerst den zweiten Faktor ein."))
        return found

    @override
    def authenticate_header(self, request: Request) -> str:
        # With it DRF answers 401 where nobody is signed in, not 403.
        return "Session"


class DenyAll(BasePermission):
    """The default: a view that does not say who may use it is used by nobody."""

    @override
    def has_permission(self, request: Request, view: APIView) -> bool:
        return False


class HasPermission(BasePermission):
    """The view names what is needed: `required_permission = "defects:report:read"`."""

    @override
    def has_permission(self, request: Request, view: APIView) -> bool:
        wanted = getattr(view, "required_permission", None)
        return wanted is not None and actor_of(request).may(wanted)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """How the API's description names the key."""

    target_class = TokenAuthentication
    name = "token"

    @override
    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": _SCHEME}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """How the API's description names the session."""

    target_class = SessionAuthentication
    name = "session"

    @override
    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


def _plain(request: Request) -> HttpRequest:
    return request._request  # noqa: SLF001 (DRF's own way to the request of Django)
