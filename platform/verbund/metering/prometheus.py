# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a process tells Prometheus about its requests and tasks.

Only counters without a tenant-and-route product: a tenant stands on counters alone, a route never beside it.
The processes write into the folder PROMETHEUS_MULTIPROC_DIR, `verbund metrics` serves the sum (see exporter).
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from prometheus_client import Counter, Histogram

from verbund.metering.multiprocess import VARIABLE

if VARIABLE in os.environ:
    # The library writes into the folder but does not make it.
    Path(os.environ[VARIABLE]).mkdir(parents=True, exist_ok=True)

REQUEST_DURATION = Histogram(
    "verbund_http_request_duration_seconds",
    "Time from the municipality being known to the answer being ready.",
    ("method", "route", "status_class"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 10.0),
)
TENANT_REQUESTS = Counter(
    "verbund_tenant_requests_total",
    "Requests that count as usage, by municipality.",
    ("tenant", "status_class"),
)
JOBS = Counter("verbund_jobs_total", "Tasks by how they ended.", ("task", "outcome"))

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def observe_request(*, method: str, route: str, status_class: str, tenant: str, seconds: float) -> None:
    """Count an answered request. ``route`` is the URL pattern, never the path."""
    known = method if method in _METHODS else "other"
    _duration(known, route, status_class).observe(seconds)
    _requests(tenant, status_class).inc()


def observe_job(*, task: str, outcome: str) -> None:
    """Count a finished task."""
    JOBS.labels(task, outcome).inc()


# The library checks and joins the labels anew at each call; routes and tenants are few, and asked for at every request.
@lru_cache(maxsize=4096)
def _duration(method: str, route: str, status_class: str) -> Histogram:
    return REQUEST_DURATION.labels(method, route, status_class)


@lru_cache(maxsize=4096)
def _requests(tenant: str, status_class: str) -> Counter:
    return TENANT_REQUESTS.labels(tenant, status_class)
