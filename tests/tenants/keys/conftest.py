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
    yield process.use(
        process.connect(
            Config(
                address=services.cli["VERBUND_VAULT_ADDR"],
                credentials=Path(services.cli["VERBUND_VAULT_CREDENTIALS"]),
            )
        )
    )
    process.forget()
