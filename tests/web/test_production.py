# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A production web process says at its start what it cannot run without; others do not need it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

_LOAD = "import verbund.config.settings.production"


def load(**environment: str) -> subprocess.CompletedProcess[str]:
    values = {"DJANGO_SETTINGS_MODULE": "verbund.config.settings.production", **environment}
    kept = {key: value for key, value in os.environ.items() if key != "VERBUND_TRUSTED_PROXIES"}
    return subprocess.run(
        [sys.executable, "-c", _LOAD], env={**kept, **values}, capture_output=True, text=True, check=False
    )


def test_the_web_does_not_start_without_the_proxys_network(services):
    found = load(VERBUND_ROLE="web")

    assert found.returncode != 0
    assert "VERBUND_TRUSTED_PROXIES fehlt" in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize(
    "environment", [{"VERBUND_ROLE": "web", "VERBUND_TRUSTED_PROXIES": "127.0.0.1"}, {"VERBUND_ROLE": "cli"}]
)
def test_what_has_it_or_needs_none_starts(services, environment):
    found = load(**environment)

    assert found.returncode == 0, found.stderr
