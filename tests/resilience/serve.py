# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A demo installation with shorter times than people get, started by a test: `python -m tests.resilience.serve`.

DATA and PORT say where, TUNING (JSON) which settings differ.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from typing_extensions import override

from verbund.config.demo.processes import applications, environments
from verbund.embedded import openbao_config, openbao_policies
from verbund.embedded import supervisor as watching
from verbund.embedded.installation import Installation, Role
from verbund.embedded.supervisor import Event, Supervisor

ROOT = Path(__file__).resolve().parents[2]
# No identity of the platform may seal the store; here somebody has to.
SEALER = {"sys/seal": ["update", "sudo"]}


class Tuned(Installation):
    """An installation whose processes are told other settings."""

    def __init__(self, data: Path, *, port: int, settings: dict[str, str]) -> None:
        super().__init__(data, port=port)
        self._settings = settings

    @override
    def environment(self, role: Role) -> dict[str, str]:
        return super().environment(role) | self._settings


def main() -> None:
    tuning: dict[str, Any] = json.loads(os.environ["TUNING"])
    policies = {**openbao_policies.POLICIES, "sealer": SEALER}
    openbao_config.POLICIES = policies  # type: ignore[misc]
    sys.modules["verbund.embedded.openbao"].POLICIES = policies  # type: ignore[attr-defined]
    installation = Tuned(Path(os.environ["DATA"]), port=int(os.environ["PORT"]), settings=tuning["settings"])
    # Faults come one after the other here, and each is to be met as a service manager meets the first.
    watching._LONGEST_PAUSE = 0.5  # type: ignore[misc]
    supervisor = Supervisor(installation, on_event=_show, patience=1000)
    supervisor.start()
    try:
        roles = environments(installation)
        (installation.data / "roles.json").write_text(json.dumps(roles))
        subprocess.run(
            [sys.executable, "-m", "verbund.config.demo.fill"],
            env={**os.environ, **roles["cli"]},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        for application in applications(installation, roles):
            supervisor.add(application)
    except BaseException:
        supervisor.stop()
        raise
    sys.stdout.write("Verbund läuft\n")
    sys.stdout.flush()
    supervisor.run()


def _show(event: Event) -> None:
    sys.stdout.write(f"{event.name} {event.kind} {event.detail}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
