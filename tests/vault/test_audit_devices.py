# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""An audit device that cannot be written is seen: one of two while all goes on, the last one as what stops everything."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from prometheus_client import REGISTRY

from tests.vault.bao import Bao
from verbund.vault import process, readiness
from verbund.vault.errors import VaultBlocked, VaultSealed, VaultUnavailable
from verbund.vault.readiness import check_ready, silent_devices


@pytest.fixture
def two_devices(tmp_path: Path) -> Iterator[Bao]:
    made = Bao(tmp_path)
    made.second_audit = tmp_path / "second.log"
    try:
        made.start()
        process.use(made.holdings())
        yield made
    finally:
        process.forget()
        made.stop()


def metric(name: str) -> float | None:
    return REGISTRY.get_sample_value(f"verbund_secret_store_{name}")


def wait_until(bao: Bao, status: int) -> None:
    """The server takes the signal for its audit logs when it likes."""
    limit = time.monotonic() + 5
    while bao.call("GET", "auth/token/lookup-self").status_code != status:
        assert time.monotonic() < limit
        time.sleep(0.05)


def test_a_device_that_is_blocked_is_named_while_the_other_writes(two_devices: Bao, settings) -> None:
    first, second = two_devices.audit, two_devices.second_audit
    assert second is not None
    settings.VERBUND = settings.VERBUND.model_copy(update={"vault_audit_files": (first, second)})
    assert silent_devices([first, second]) == []
    assert metric("audit_devices_silent") == 0

    two_devices.fill_audit_disk(second)
    with structlog.testing.capture_logs() as lines:
        check_ready()  # so that the platform goes on serving

    assert [(line["event"], line["file"]) for line in lines] == [("vault.audit_device_silent", str(second))]
    assert metric("audit_devices_silent") == 1
    assert metric("blocked") == 0


def test_with_the_last_device_blocked_the_reason_is_named(two_devices: Bao) -> None:
    for file in (two_devices.audit, two_devices.second_audit):
        two_devices.fill_audit_disk(file)
    wait_until(two_devices, 500)

    with pytest.raises(VaultBlocked) as caught:
        check_ready()

    assert "Protokoll" in caught.value.message
    assert caught.value.status == 503
    assert metric("blocked") == 1
    assert two_devices.call("GET", "sys/health").status_code == 200  # which is why nobody relies on it


def test_sealed_and_gone_are_not_taken_for_blocked(two_devices: Bao) -> None:
    two_devices.seal()
    with pytest.raises(VaultSealed):
        check_ready()
    two_devices.kill()
    with pytest.raises(VaultUnavailable) as caught:
        check_ready()

    assert type(caught.value) is VaultUnavailable


def test_a_missing_file_and_something_without_an_end_are_silent(two_devices: Bao, tmp_path: Path) -> None:
    endless = tmp_path / "endless"
    endless.symlink_to("/dev/zero")
    missing = tmp_path / "missing"

    assert silent_devices([endless, missing, two_devices.audit]) == [endless, missing]
    assert readiness._tells_of(two_devices.audit, b"nobody asked that") is False
