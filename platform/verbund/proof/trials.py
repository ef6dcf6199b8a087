# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs every trial between two municipalities and the association, with the application's login."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from django.test.utils import override_settings

from tenants import directory
from verbund.kernel.context import ASSOCIATION, Municipality
from verbund.kernel.errors import Forbidden
from verbund.proof.copies import try_copies
from verbund.proof.deliveries import try_tasks
from verbund.proof.findings import try_findings
from verbund.proof.ledger import WHOLE, Ledger
from verbund.proof.messages import try_messages
from verbund.proof.municipalities import MARK
from verbund.proof.pooler import try_pooler
from verbund.proof.routing import try_hosts, try_modules, try_suspended
from verbund.proof.searches import log_lines, search_everything
from verbund.proof.stages import Party, make_party
from verbund.proof.statements import try_statements
from verbund.proof.storm import storm
from verbund.proof.vault_paths import try_vault
from verbund.proof.walk import Walk

_MAIL = "django.core.mail.backends.locmem.EmailBackend"


def run_trials(
    slugs: tuple[str, str],
    *,
    stop_at_first: bool = False,
    chosen: frozenset[str] = frozenset(),
    only: str = "",
) -> Ledger:
    """Every trial in its order; what one leaves is searched by a later one.

    ``chosen`` leaves the others out, ``only`` shortens the walk: for a quick answer, which is no proof.

    Raises:
        Forbidden: a municipality was named that was not made for the proof.
    """
    if not all(slug.startswith(MARK) for slug in slugs):
        raise Forbidden
    ledger = Ledger()
    parties = _parties(slugs)
    walk = Walk(parties, ledger, only=only)
    trials: dict[str, Callable[[], None]] = {
        "walk": walk.run,
        "fields": lambda: walk.seen.judge(ledger),
        "copies": lambda: try_copies(parties, ledger),
        "hosts": lambda: try_hosts(parties, ledger),
        "modules": lambda: try_modules(parties, ledger),
        "findings": lambda: try_findings(parties, ledger),
        "suspended": lambda: try_suspended(parties, ledger),
        "storm": lambda: storm(parties, ledger),
        "tasks": lambda: try_tasks(parties, ledger),
        "vault": lambda: try_vault(parties, ledger),
        "pooler": lambda: try_pooler(ledger),
        "exchange": lambda: try_messages(parties, ledger),
    }
    afterwards: dict[str, Callable[[], None]] = {
        "searches": lambda: search_everything(parties, lines, ledger),
        "statements": lambda: try_statements(parties, ledger),
    }
    with override_settings(EMAIL_BACKEND=_MAIL), log_lines() as lines:
        _run(trials, ledger, chosen, stop_at_first=stop_at_first)
    _run(afterwards, ledger, chosen, stop_at_first=stop_at_first)
    return ledger


def _run(
    trials: dict[str, Callable[[], None]], ledger: Ledger, chosen: frozenset[str], *, stop_at_first: bool
) -> None:
    for name, trial in trials.items():
        if stop_at_first and not ledger.is_green:
            return
        if not chosen or name in chosen:
            _timed(name, trial, ledger)


def _timed(name: str, trial: Callable[[], None], ledger: Ledger) -> None:
    started = time.monotonic()
    try:
        trial()
    except Exception as error:  # noqa: BLE001 (a trial that breaks off has proven nothing, and the others go on)
        ledger.failed(WHOLE, name, f"abgebrochen: {type(error).__name__}: {error}")
    ledger.seconds[name] = round(time.monotonic() - started, 2)


def _parties(slugs: tuple[str, str]) -> tuple[Party, ...]:
    scopes: list[Municipality] = []
    for slug in slugs:
        found = directory.by_slug(slug)
        if found is None:
            raise Forbidden
        scopes.append(found)
    return (
        make_party(scopes[0], _canary("A"), place=1),
        make_party(scopes[1], _canary("B"), place=2),
        make_party(ASSOCIATION, _canary("V"), place=0),
    )


def _canary(letter: str) -> str:
    """A word that occurs nowhere, in no language and no identifier."""
    return f"Zaunkoenig{letter}{secrets.token_hex(5)}"
