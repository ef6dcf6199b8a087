# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command line for one municipality, and what is left after both are gone."""

from __future__ import annotations

import argparse
import contextlib
import io
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from tenants.archive import folders
from tenants.models import Tenant
from verbund.kernel import clock, context, registry
from verbund.kernel.probes import Run
from verbund.proof.deliveries import REFUSED, municipality_tasks, refuses
from verbund.proof.ledger import Ledger
from verbund.vault.errors import SecretMissing
from verbund.vault.process import holdings

COMMANDS, LEFT = "commands.other", "removal.left"


def try_commands(slugs: tuple[str, str], ledger: Ledger) -> None:
    """Every command that takes a municipality, run for the first: nothing of the second in what it says or writes."""
    known: dict[str, Run | str] = {}
    for spec in registry.all_specs():
        if spec.command_probes is not None:
            given: Mapping[str, Run | str] = registry.load(spec.command_probes)  # type: ignore[assignment]  # the spec names such a mapping
            known |= given
    parser = _parser()
    with tempfile.TemporaryDirectory(prefix="verbund-nachweis-") as folder:
        for name in _commands(parser):
            how = known.get(name)
            if how is None:
                ledger.failed(COMMANDS, f"verbund {name}", "kein Beispiel (command_probes des Pakets)")
            elif isinstance(how, Run):
                arguments = [*name.split(), *_filled(how, slugs[0], folder)]
                _try_command(arguments, parser, slugs[1], Path(folder), ledger)
            else:
                ledger.held(COMMANDS)


def _try_command(
    arguments: list[str], parser: argparse.ArgumentParser, other: str, folder: Path, ledger: Ledger
) -> None:
    kept = io.BytesIO()
    # A file that is not text goes to the bytes below the console's text.
    console = io.TextIOWrapper(kept, encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(console), contextlib.redirect_stderr(console):
        options = parser.parse_args(arguments)
        status = int(options.run(options) or 0)
    said = kept.getvalue()
    if status:
        ledger.failed(
            COMMANDS, " ".join(arguments), f"endet mit {status}: {said[-300:].decode(errors='replace')}"
        )
        return
    ledger.succeeded(COMMANDS)
    written = [path for path in folder.rglob("*") if path.is_file()]
    is_named = any(other.encode() in content for content in (said, *(path.read_bytes() for path in written)))
    ledger.expect(COMMANDS, " ".join(arguments), f"nennt {other}", ok=not is_named)


def _filled(how: Run, slug: str, folder: str) -> list[str]:
    month = f"{clock.today():%Y-%m}"
    return [part.format(slug=slug, month=month, folder=folder) for part in how.arguments]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="verbund")
    subparsers = parser.add_subparsers()
    for dotted in registry.commands().values():
        registry.load(dotted)(subparsers)  # type: ignore[operator]  # checked by a conformance test
    return parser


def _commands(parser: argparse.ArgumentParser, prefix: str = "") -> Iterator[str]:
    """`audit verify` and every other command that does something."""
    actions = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001 (argparse shows them nowhere else)
    if not actions:
        yield prefix
    for action in actions:
        for name, inner in action.choices.items():
            yield from _commands(inner, f"{prefix} {name}".strip())


def try_leftovers(keys: list[str], ledger: Ledger) -> None:
    """No role, schema, row, file, key or rule of either; and messages that still name them are refused."""
    for key in keys:
        for place, found in _found(key).items():
            ledger.expect(LEFT, f"{key}: {place}", f"{found}", ok=not found)
        for name, task in municipality_tasks():
            seen = refuses(task, key)
            ledger.expect(REFUSED, f"{name} für entfernte {key}", seen, ok=not seen)


def _found(key: str) -> dict[str, Any]:
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = %s", [key])
        schemas = cursor.fetchone()[0]
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s",
            [key],
        )
        tables = cursor.fetchone()[0]
        members = Tenant.objects.filter(schema_name=key).count()
    held = holdings()
    return {
        "Schema": schemas,
        "Tabellen": tables,
        "Eintrag im Verzeichnis": members,
        "Dateien": (Path(settings.MEDIA_ROOT) / key).exists(),
        "Sicherungen und Archive": [str(folder) for folder in folders.all_of(key) if folder.exists()],
        "Schlüssel in Vault": held.own.has_key(key),
        "Regel in Vault": held.rules.is_granted(key),
        "Geheimnisse in Vault": _names(key),
    }


def _names(key: str) -> tuple[str, ...]:
    try:
        return holdings().own.names(f"tenants/{key}")
    except SecretMissing:
        return ()
