# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fixtures: the process works with the provisioner's identity, as the command line does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.services import Services
from verbund.vault import process
from verbund.vault.process import Config, Holdings


@pytest.fixture
def provisioner(services: Services) -> Iterator[Holdings]:
    held = process.use(
        process.connect(
            Config(
                address=services.cli["VERBUND_VAULT_ADDR"],
                credentials=Path(services.cli["VERBUND_VAULT_CREDENTIALS"]),
            )
        )
    )
    yield held
    # The template of the databases was wrapped with the first version, and every later test begins with a copy.
    for key in ("association", "m_000001", "m_000002"):
        held.own.refuse_older(key, 1)
    process.forget()
