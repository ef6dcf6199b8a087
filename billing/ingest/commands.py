# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund usage producer` and `producer-key`: let another system report usage."""

from __future__ import annotations

import argparse
import sys

from billing.ingest.producers import issue_key, register_producer
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import DomainError

_OPERATOR = Actor(kind="system", id="cli", role="operator", name="Kommandozeile")
_REFUSED = 2


def add_to(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both to the actions of `verbund usage`."""
    producer = actions.add_parser(
        "producer", help="ein anderes System anmelden oder ändern, was es melden darf"
    )
    producer.add_argument("slug", metavar="SYSTEM", help="Kürzel, mit dem auch seine Zähler beginnen")
    producer.add_argument("--title", required=True, help="Bezeichnung")
    producer.add_argument(
        "--meter", required=True, action="append", help="Zähler, zum Beispiel gis.abrufe; mehrmals möglich"
    )
    whose = producer.add_mutually_exclusive_group(required=True)
    whose.add_argument("--tenant", action="append", metavar="KÜRZEL", help="Kommune; mehrmals möglich")
    whose.add_argument("--all", action="store_true", help="alle Kommunen, die heute Mitglied sind")
    producer.set_defaults(run=run_producer)
    key = actions.add_parser("producer-key", help="dem System einen Schlüssel ausgeben, nur einmal sichtbar")
    key.add_argument("slug", metavar="SYSTEM")
    key.set_defaults(run=run_key)


def run_producer(arguments: argparse.Namespace) -> int:
    """Register the system; repeating with other values changes what it may report."""
    try:
        with context.enter_association():
            found = register_producer(
                slug=arguments.slug,
                title=arguments.title,
                meters=arguments.meter,
                tenants=None if arguments.all else arguments.tenant,
                by=_OPERATOR,
                at=clock.now(),
            )
    except DomainError as refusal:
        return _refused(refusal)
    sys.stdout.write(f"{found.slug} meldet {', '.join(found.meters)} für {len(found.tenants)} Kommunen.\n")
    return 0


def run_key(arguments: argparse.Namespace) -> int:
    """Print a new key; keys issued before stay valid until they are revoked."""
    try:
        with context.enter_association():
            text = issue_key(slug=arguments.slug, by=_OPERATOR, at=clock.now())
    except DomainError as refusal:
        return _refused(refusal)
    sys.stdout.write(f"{text}\n")
    return 0


def _refused(refusal: DomainError) -> int:
    sys.stderr.write(f"{refusal.message}\n")
    return _REFUSED
