# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hooks of the web server: workers begin with everything loaded, dead ones leave no figures behind."""

from __future__ import annotations

import gc
import os
from importlib import import_module
from typing import Any

from prometheus_client import multiprocess

# No header may set the path or the mount point: our proxy needs neither, and loopback is trusted by default.
forwarder_headers = ""


def post_worker_init(_worker: Any) -> None:
    """Load all pages before the first visitor asks, and never look through them for garbage again.

    Python's collector went over everything a program has loaded every few requests: a tenth of a second each time.
    """
    for site in ("municipality", "association"):
        import_module(f"verbund.config.urls.{site}")
    gc.collect()
    gc.freeze()


def child_exit(_server: Any, worker: Any) -> None:
    """A worker that ended no longer counts in gauges, where they are kept at all."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return
    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # the library has half its types
