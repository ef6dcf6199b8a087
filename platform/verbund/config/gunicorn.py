# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hooks of the web server: dead workers leave no figures behind."""

from __future__ import annotations

import os
from typing import Any

from prometheus_client import multiprocess

# No header may set the path or the mount point: our proxy needs neither, and loopback is trusted by default.
forwarder_headers = ""


def child_exit(_server: Any, worker: Any) -> None:
    """A worker that ended no longer counts in gauges, where they are kept at all."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return
    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # the library has half its types
