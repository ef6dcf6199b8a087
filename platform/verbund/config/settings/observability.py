# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Log lines: names and fields, with municipality and request id, without personal data."""

from __future__ import annotations

import re
from typing import Any

import structlog

from verbund.kernel import context


def add_scope(_logger: object, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Every line says whose it is; a line without a scope says so too."""
    scope = context.current_or_none()
    event["scope"] = scope.key if scope is not None else "-"
    identifier = context.request_id()
    if identifier:
        event["request_id"] = identifier
    return event


_SECRET_IN_A_PATH = re.compile(r"(?<=/)[A-Za-z0-9_:-]{30,}(?=/|$)")


def hide_secrets_of_links(_logger: object, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """The address of a one-time link is its secret, and people type names into a search: neither is left in the log."""
    if isinstance(event.get("request"), str):
        event["request"] = event["request"].partition("?")[0]
    for name in ("request", "event"):
        value = event.get(name)
        if isinstance(value, str):
            event[name] = _SECRET_IN_A_PATH.sub("…", value)
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    add_scope,
    hide_secrets_of_links,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                # without local variables: they would put personal data into the log
                structlog.processors.ExceptionRenderer(
                    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
                ),
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            "foreign_pre_chain": _SHARED,
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django_structlog": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}

# Addresses of visitors are in no log; rate limits keep them as keyed hashes.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False

structlog.configure(
    processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
