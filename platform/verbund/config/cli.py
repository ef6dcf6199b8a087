# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund …`: the command line; every package brings its own commands through its spec."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from verbund.config.settings.environment import PREFIX


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; exit status 0 done, 1 failed, 2 refused input."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["demo"]:
        from verbund.config.demo.command import run  # noqa: PLC0415 (needs no Django, starts what Django needs)

        return run(given[1:])
    _adopt_installation()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verbund.config.settings.production")
    import django  # noqa: PLC0415 (the environment has to be known first)

    django.setup()
    # Texts for people ask for Django's settings as soon as they are imported.
    from verbund.kernel.errors import DomainError  # noqa: PLC0415

    parser = _parser(given[0] if given else "")
    options = parser.parse_args(given)
    try:
        return int(options.run(options) or 0)
    except DomainError as error:
        sys.stderr.write(f"{error.message}\n")
        for name, message in error.fields.items():
            sys.stderr.write(f"  {name}: {message}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _parser(wanted: str) -> argparse.ArgumentParser:
    """Of the wanted command alone, since loading all takes as long as Django itself; of all where none has that name."""
    parser = argparse.ArgumentParser(
        prog="verbund", description="Die gemeinsame Plattform eines kommunalen IT-Verbands."
    )
    subparsers = parser.add_subparsers(required=True, metavar="BEFEHL")
    subparsers.add_parser("demo", help="alles auf diesem Rechner starten (siehe make demo)")
    from verbund.kernel import registry  # noqa: PLC0415 (see main)

    found = registry.commands()
    for dotted in [found[wanted]] if wanted in found else found.values():
        registry.load(dotted)(subparsers)  # type: ignore[operator]  # checked by a conformance test
    return parser


def _adopt_installation() -> None:
    """With DATA set and no VERBUND_* of its own, talk to the installation in that folder."""
    data = os.environ.get("DATA")
    if not data or any(name.startswith(PREFIX) for name in os.environ):
        return
    try:
        kept = json.loads((Path(data) / "environment.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        sys.stderr.write(f"In {data} ist keine Installation. Zuerst: DATA={data} make demo\n")
        raise SystemExit(2) from None
    os.environ.update(kept)


if __name__ == "__main__":
    raise SystemExit(main())
