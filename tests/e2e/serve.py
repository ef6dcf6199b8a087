# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The application with its static files for the browser tests, served by gunicorn as in production.

A process of its own with the environment of a web process, so that the tests' transactions and the browser's event
loop stay apart from it. As there, database connections outlive a request and files are fetched once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application

settings.DATABASES["default"]["CONN_MAX_AGE"] = 600
_django = StaticFilesHandler(get_wsgi_application())


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """WSGI; style sheets and scripts may be kept by the browser, which asked for each of them on every page otherwise."""

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        if environ["PATH_INFO"].startswith(settings.STATIC_URL):
            headers = [*headers, ("Cache-Control", "max-age=3600")]
        return start_response(status, headers, *rest)

    answer: Iterable[bytes] = _django(environ, start)
    return answer
