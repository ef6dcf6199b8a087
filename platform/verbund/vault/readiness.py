# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether Vault really works, and whether each of its audit devices is being written."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import structlog
from django.conf import settings
from prometheus_client import Gauge

from verbund.vault.errors import VaultBlocked, VaultSealed, VaultUnavailable
from verbund.vault.process import holdings
from verbund.vault.store import SecretStore

log = structlog.get_logger()

_SILENT: Final = Gauge(
    "verbund_secret_store_audit_devices_silent",
    "Audit devices of the secret store that did not note our last question",
    multiprocess_mode="mostrecent",
)
_BLOCKED: Final = Gauge(
    "verbund_secret_store_blocked",
    "1 while the secret store calls itself healthy and refuses everything: no audit device can be written",
    multiprocess_mode="mostrecent",
)
_TAIL_BYTES: Final = 256 * 1024
_PATIENCE_SECONDS: Final = 0.5


def check_ready() -> None:
    """Ask Vault about our own token: sealed, unreachable and blocked by a full audit device all show here.

    One audit device of several that fails is no reason to stop serving: it shows in the log and the metrics.

    Raises:
        VaultBlocked: it calls itself healthy, but cannot write any audit device.
        VaultUnavailable: it is not usable now.
        AccessDenied: it does not accept us.
    """
    silent = silent_devices(settings.VERBUND.vault_audit_files)
    for file in silent:
        log.error("vault.audit_device_silent", file=str(file))


def silent_devices(files: Sequence[Path]) -> list[Path]:
    """Ask Vault something, and give the audit files that do not tell of it; raises what `check_ready` raises."""
    mark = _ask(holdings().own)
    limit = time.monotonic() + _PATIENCE_SECONDS
    silent = [file for file in files if not _tells_of(file, mark)]
    while silent and time.monotonic() < limit:
        time.sleep(0.02)
        silent = [file for file in silent if not _tells_of(file, mark)]
    if files:
        _SILENT.set(len(silent))
    return silent


def _ask(store: SecretStore) -> bytes:
    """The id of a question that was answered."""
    try:
        mark = store.check().request_id.encode()
    except VaultSealed:
        raise
    except VaultUnavailable:
        if not store.says_healthy():
            raise
        _BLOCKED.set(1)
        raise VaultBlocked from None
    _BLOCKED.set(0)
    return mark


def _tells_of(file: Path, mark: bytes) -> bool:
    try:
        # A device or a pipe in its place may have no end.
        if not file.is_file():
            return False
        with file.open("rb") as content:
            content.seek(max(0, file.stat().st_size - _TAIL_BYTES))
            return mark in content.read(2 * _TAIL_BYTES)
    except OSError:
        return False
