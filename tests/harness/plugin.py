# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Loaded by pytest before Django's settings: starts the services and says where they are."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.harness.services import Services

services: Services | None = None

# Many containers set it, and every program that a test starts would then compile two thousand files anew: three seconds.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def _only_asks() -> bool:
    return any(option in sys.argv for option in ("--help", "-h", "--version", "--markers", "--fixtures"))


def _only_hands_out() -> bool:
    """The process that shares the tests out runs none itself; each worker has services of its own."""
    is_shared_out = any(option == "-n" or option.startswith("--numprocesses") for option in sys.argv)
    return is_shared_out and "PYTEST_XDIST_WORKER" not in os.environ


if not _only_asks() and not _only_hands_out():
    from tests.harness.services import obtain

    for name in [name for name in os.environ if name.startswith("VERBUND_")]:
        del os.environ[name]
    services = obtain()
    os.environ.update(services.web)
    os.environ["VERBUND_DB_NAME"] = f"verbund_run_{os.getpid()}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "verbund.config.settings.test"
