# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Entry point of the web processes."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verbund.config.settings.production")
application = get_wsgi_application()

# Views send tasks too: without our Celery application they would go to a broker that does not exist.
from tenants.readiness import refuse_unsafe_server  # noqa: E402
from verbund.config import celery  # noqa: E402, F401

refuse_unsafe_server()
