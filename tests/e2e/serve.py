# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A web server for the browser tests: the application with its static files, on a port that is given.

Run as a process of its own with the environment of a web process, so that the tests' transactions and the
browser's event loop stay apart from it.
"""

from __future__ import annotations

import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application


class Server(ThreadingMixIn, WSGIServer):
    """One thread for each request."""

    daemon_threads = True
    request_queue_size = 64


class QuietHandler(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it so)
        """Say nothing."""


def main() -> None:
    application = StaticFilesHandler(get_wsgi_application())
    with make_server("127.0.0.1", int(sys.argv[1]), application, Server, QuietHandler) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
