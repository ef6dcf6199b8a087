# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Celery application: Valkey carries messages, PostgreSQL keeps every fact."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verbund.config.settings.production")

import django
from django.apps import apps
from typing_extensions import override

if not apps.loading:  # a worker starts here; everything else comes from its own django.setup()
    django.setup()

from celery.signals import worker_init
from django.conf import settings

from tenants.readiness import refuse_unsafe_server
from verbund.jobs import connections
from verbund.jobs.tasks import HEADER
from verbund.kernel import registry
from verbund.kernel.context import ASSOCIATION
from verbund.vault.references import resolve

# Connect and answer: whoever sends is a request that a visitor waits for, and the sweeps find what is not sent.
_SENDING_SECONDS = 1.0


def _broker_url() -> str:
    parts = urlsplit(settings.VERBUND.valkey_url)
    password = quote(resolve("vault:association/valkey#password"), safe="")
    return urlunsplit(parts._replace(netloc=f":{password}@{parts.hostname}:{parts.port}"))


def _schedule() -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = {}
    for spec in registry.all_specs():
        for item in spec.schedule:
            name, arguments = (
                (item.task, {})
                if not item.per_municipality
                else (
                    "jobs.dispatch",
                    {"task": item.task, "every_seconds": item.every_seconds},
                )
            )
            entries[item.task] = {
                "task": name,
                "schedule": item.every_seconds,
                "kwargs": arguments,
                "options": {
                    "queue": item.queue,
                    "headers": {HEADER: ASSOCIATION.key},
                    "expires": item.every_seconds * 2,
                },
            }
    return entries


class Application(Celery):
    """Asks Vault for the broker's password when it connects, so that a process starts without."""

    @override
    def connection_for_read(self, url: str | None = None, **options: Any) -> Any:
        return super().connection_for_read(url or _broker_url(), **options)

    @override
    def connection_for_write(self, url: str | None = None, **options: Any) -> Any:
        connection = super().connection_for_write(url or _broker_url(), **options)
        # A broker that hangs would otherwise hold up its senders for ever.
        connection.transport_options = {
            **(connection.transport_options or {}),
            "socket_timeout": _SENDING_SECONDS,
            "socket_connect_timeout": _SENDING_SECONDS,
            # One more attempt, at once; kombu's own three would wait six seconds in between.
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0,
            "interval_max": 0,
        }
        return connection


app = Application("verbund")
app.set_default()
app.conf.update(
    broker_connection_retry_on_startup=True,
    # However long the broker is away; giving up would need somebody to start the worker again.
    broker_connection_max_retries=None,
    # A killed worker's message comes back after seconds, not hours (measured with kombu's sweeps).
    broker_transport_options={
        "visibility_timeout": 120,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    },
    task_default_queue="default",
    # Only the worker on this queue holds the owner's login.
    task_routes={"tenants.*": {"queue": "provisioning"}},
    task_ignore_result=True,
    # Shorter than the broker's visibility time-out: a longer task would be delivered a second time beside itself.
    task_soft_time_limit=90,
    task_time_limit=100,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    task_serializer="json",
    accept_content=["json"],
    beat_schedule=_schedule(),
    timezone="Europe/Berlin",
    enable_utc=True,
)
connections.keep(app)
# Celery remembers its current app by thread; the web server's threads would send to nowhere without this.
app.set_default()
app.autodiscover_tasks(
    [name for name in settings.INSTALLED_APPS if name.startswith(("verbund.", "tenants", "billing"))]
)
app.autodiscover_tasks(["verbund.jobs"], related_name="dispatch")


@worker_init.connect
def _look_at_the_database(**_details: object) -> None:
    refuse_unsafe_server()
