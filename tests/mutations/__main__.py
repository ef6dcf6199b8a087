# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`make proof`: takes each guard out of a copy of the tree and lists what noticed it; silence is a failure."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.harness import databases
from tests.harness.services import ROOT, Services, obtain
from tests.mutations.table import MUTATIONS, Mutation

_FOLDERS = ("platform", "tenants", "billing")
_AT_ONCE = 2
_SECONDS = 900
# Apart, also from those of another run: roles and keys are shared by all databases of the services.
_numbers = itertools.count(os.getpid() % 100_000 * 1000, 10)


@dataclass(frozen=True)
class Outcome:
    """``caught_by``: the trials that turned red; empty when nobody noticed."""

    guard: str
    caught_by: tuple[str, ...]
    seconds: float
    trouble: str = ""


class DoesNotApply(Exception):
    """The text that was to be replaced is not there exactly once."""


def apply(mutation: Mutation, tree: Path) -> None:
    """Take the guard out.

    Raises:
        DoesNotApply: the source has changed, so the table has to follow.
    """
    file = tree / mutation.file
    text = file.read_text(encoding="utf-8")
    if text.count(mutation.old) != 1:
        raise DoesNotApply(f"{mutation.file}: {text.count(mutation.old)} places instead of one")
    file.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")


def copy_tree(target: Path) -> None:
    """The sources as they stand here, with what is built into them."""
    for folder in _FOLDERS:
        shutil.copytree(ROOT / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__"))


def proof(services: Services, tree: Path, database: str, *options: str) -> tuple[int, dict, str]:
    """`verbund isolation-proof` of that tree: exit status, report (empty when it broke off), last words."""
    report = tree / "nachweis.json"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VERBUND_")}
    environment |= services.cli | {
        "VERBUND_DB_NAME": database,
        "VERBUND_DATA": str(tree / "data"),
        "DJANGO_SETTINGS_MODULE": "verbund.config.settings.test",
        "PYTHONPATH": f"{tree / 'platform'}:{tree}",
    }
    (tree / "data" / "static").mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "verbund.config.cli", "isolation-proof", "--erster-fehler",
        "--json", str(report), *options,
    ]  # fmt: skip
    done = subprocess.run(
        command, env=environment, cwd=tree, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    found = json.loads(report.read_text()) if report.exists() else {}
    return done.returncode, found, f"{done.stdout[-300:]}{done.stderr[-700:]}"


def tried(services: Services, template: str, mutation: Mutation | None, options: tuple[str, ...]) -> Outcome:
    """One mutation, or the unchanged tree, with the trials that should notice; then with all of them."""
    started = time.monotonic()
    guard = mutation.guard if mutation else "nothing (control)"
    database = f"verbund_mutation_{os.getpid()}_{abs(hash(guard)) % 10**6}"
    with tempfile.TemporaryDirectory(prefix="verbund-mutation-") as folder:
        tree = Path(folder)
        copy_tree(tree)
        try:
            if mutation:
                apply(mutation, tree)
            databases.copy(services, template, database)
            databases.number_from(services, database, 2_000_000 + next(_numbers))
            status, report, said = proof(services, tree, database, *options)
            if mutation and status == 0:
                status, report, said = proof(services, tree, database)
        except (DoesNotApply, subprocess.TimeoutExpired) as error:
            return Outcome(guard, (), time.monotonic() - started, str(error))
        finally:
            databases.drop(services, database)
    caught = tuple(dict.fromkeys(failure["trial"] for failure in report.get("failures", ())))
    trouble = "" if report else f"broke off: {said}"
    return Outcome(guard, caught, time.monotonic() - started, trouble)


def options_of(mutation: Mutation) -> tuple[str, ...]:
    return ("--versuche", mutation.trials, *(("--adressen", mutation.only) if mutation.only else ()))


def main(wanted: list[str]) -> int:
    """All mutations, or those whose guard contains one of the words; 1 when one was not caught."""
    services = obtain()
    template = databases.ensure_template(services)
    chosen = [
        mutation for mutation in MUTATIONS if not wanted or any(word in mutation.guard for word in wanted)
    ]
    quick = ",".join(
        sorted({name for mutation in MUTATIONS for name in mutation.trials.split(",")} - {"walk"})
    )
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        control = pool.submit(tried, services, template, None, ("--versuche", quick))
        running = [pool.submit(tried, services, template, item, options_of(item)) for item in chosen]
        held = control.result()
        _say(held, ok=not held.caught_by and not held.trouble)
        outcomes = []
        for future in running:
            outcomes.append(future.result())
            _say(outcomes[-1], ok=bool(outcomes[-1].caught_by) and not outcomes[-1].trouble)
    missed = [outcome for outcome in outcomes if not outcome.caught_by or outcome.trouble]
    sys.stdout.write(
        f"{len(outcomes) - len(missed)} of {len(outcomes)} guards are missed when they are gone.\n"
    )
    return 1 if missed or held.caught_by or held.trouble else 0


def _say(outcome: Outcome, *, ok: bool) -> None:
    found = ", ".join(outcome.caught_by) or outcome.trouble or "nobody noticed"
    sys.stdout.write(f"{'ok' if ok else 'FAILED':8} {outcome.guard} -> {found} ({outcome.seconds:.0f} s)\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
