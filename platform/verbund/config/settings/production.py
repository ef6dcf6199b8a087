# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Behind the association's reverse proxy, which ends TLS."""

from __future__ import annotations

from verbund.config.settings.base import *
from verbund.config.settings.environment import BadEnvironment

# The proxy asks in plain HTTP and says what the visitor used; unless it is believed, every answer is a redirect to https, without end.
if VERBUND.role == "web" and not VERBUND.trusted_proxies:
    raise BadEnvironment(
        "VERBUND_TRUSTED_PROXIES fehlt: Nennen Sie das Netz Ihres Reverse-Proxys, zum Beispiel 10.0.0.0/24 oder 127.0.0.1. "
        "Ohne diese Angabe leitet jede Seite endlos auf https um."
    )

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
# Who asks for health comes from inside, without TLS, and takes a redirect for an answer.
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
