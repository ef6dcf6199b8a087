# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A meter to count with: the registry's own, so that the tests know no module."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from verbund.kernel import registry
from verbund.kernel.specs import Meter

LAMPS = "test.lamps"


@pytest.fixture
def lamps(monkeypatch: pytest.MonkeyPatch) -> str:
    """A meter for business facts, declared beside those of the packages."""
    meter = Meter(slug=LAMPS, label="Leuchten", unit="Stück")
    declared = MappingProxyType({**registry.meters(), meter.slug: meter})
    monkeypatch.setattr(registry, "meters", lambda: declared)
    return meter.slug
