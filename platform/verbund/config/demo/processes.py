# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which processes the application consists of, and what each of them may know."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from verbund.embedded.installation import Installation, Role
from verbund.embedded.supervisor import Application
from verbund.metering import multiprocess

ROLES: tuple[Role, ...] = ("web", "worker", "provisioning", "cli")
_BIN = Path(sys.executable).parent
_ROOT = Path(__file__).resolve().parents[4]


def environments(installation: Installation) -> dict[str, dict[str, str]]:
    """The environment of each role; the command line's is kept in the data folder for `DATA=… verbund …`."""
    multiprocess.prepare(installation.data / "metrics")
    shared = {
        "DJANGO_SETTINGS_MODULE": "verbund.config.settings.demo",
        "VERBUND_PUBLIC_SCHEME": "http",
        "PROMETHEUS_MULTIPROC_DIR": str(installation.data / "metrics"),
    }
    roles: dict[str, dict[str, str]] = {role: installation.environment(role) | shared for role in ROLES}
    for role in ("provisioning", "cli"):
        roles[role]["VERBUND_PG_DUMP"] = str(installation.postgres.programs / "pg_dump")
    roles["cli"]["DEMO_MAIL_URL"] = installation.mail.url
    kept = installation.data / "environment.json"
    descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(roles["cli"], file, indent=2)
    return roles


def applications(installation: Installation, roles: Mapping[str, Mapping[str, str]]) -> list[Application]:
    """Web, the two workers (only one may change structures), the schedule and the metrics."""
    port = installation.ports["public"]
    celery = [str(_BIN / "celery"), "-A", "verbund.config.celery", "--quiet"]
    worker = [*celery, "worker", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    schedule = str(installation.data / "run" / "schedule")
    web = [
        str(_BIN / "gunicorn"), "verbund.config.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--workers", "2", "--worker-class", "gthread", "--threads", "4", "--timeout", "60",
        "--config", "python:verbund.config.gunicorn", "--log-level", "warning",
    ]  # fmt: skip
    return [
        _application("web", web, roles["web"]),
        _application(
            "worker",
            [*worker, "--queues", "default", "--concurrency", "2", "--hostname", "worker@verbund"],
            roles["worker"],
        ),
        _application(
            "provisioning",
            [*worker, "--queues", "provisioning", "--concurrency", "1", "--hostname", "provisioning@verbund"],
            roles["provisioning"],
        ),
        _application(
            "schedule",
            [*celery, "beat", "--loglevel", "WARNING", "--schedule", schedule, "--pidfile="],
            roles["worker"],
        ),
        _application("metrics", [str(_BIN / "verbund"), "metrics"], roles["worker"]),
    ]


def _application(name: str, argv: list[str], environment: Mapping[str, str]) -> Application:
    return Application(name=name, argv=argv, env=environment, cwd=str(_ROOT))
