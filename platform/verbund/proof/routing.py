# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which host is whose, and which modules serve there."""

from __future__ import annotations

from tenants import directory
from tenants.models import ModuleActivation, Tenant
from tenants.states import State
from verbund.kernel import clock, context, registry
from verbund.kernel.probes import Ask
from verbund.proof.browsers import Answer, Browser
from verbund.proof.deliveries import try_states
from verbund.proof.ledger import Ledger
from verbund.proof.routes import routes
from verbund.proof.stages import Party

HOSTS, GATE = "routing.hosts", "routing.modules"
_NOT_FOUND = 404


def try_hosts(parties: tuple[Party, ...], ledger: Ledger) -> None:
    """Unknown, wrong and forged hosts get the same neutral answer, and nobody's pages."""
    neutral = _start("gibt-es-nicht.invalid")
    for party in parties:
        if party.kind == "municipality":
            shown = _start(party.host)
            if shown.status == 200:  # noqa: PLR2004 (the start page)
                ledger.succeeded(HOSTS)
            else:
                ledger.failed(HOSTS, party.host, f"die eigene Startseite: {shown.in_short}")
        for host in (
            f"x{party.host}",
            f"{party.host}.invalid",
            f"{party.key}.{party.host}",
            f"{party.host}:99999x",
            f"{party.host},x",
        ):
            answer = _start(host)
            ok = answer.status == _NOT_FOUND and answer.body == neutral.body
            ledger.expect(HOSTS, host, answer.in_short, ok=ok)
        forged = Browser("gibt-es-nicht.invalid").ask(
            "GET",
            Ask(path="/", headers={"X-Forwarded-Host": party.host, "Forwarded": f"host={party.host}"}),
            follow=False,
        )
        ledger.expect(
            HOSTS, f"weitergereicht als {party.host}", forged.in_short, ok=forged.status == _NOT_FOUND
        )


def try_modules(parties: tuple[Party, ...], ledger: Ledger) -> None:
    """A module that is off in one municipality does not exist there, and goes on in the other."""
    first, second = (party for party in parties if party.kind == "municipality")
    for spec in registry.modules():
        paths = [
            f"/{route.pattern}"
            for route in routes()
            if route.host == "municipality"
            and route.namespace.split("-")[0] == spec.slug
            and not route.has_arguments
        ]
        before = {path: _as_chief(second, path) for path in paths}
        _switch(second, spec.slug, on=False)
        try:
            for path in paths:
                answer = _as_chief(second, path)
                ledger.expect(GATE, f"{path} ohne {spec.slug}", str(answer), ok=answer == _NOT_FOUND)
                if before[path] != _NOT_FOUND and _as_chief(first, path) != _NOT_FOUND:
                    ledger.succeeded(GATE)
        finally:
            _switch(second, spec.slug, on=True)


def try_suspended(parties: tuple[Party, ...], ledger: Ledger) -> None:
    """What does not serve is answered like what does not exist; messages for it run where their task says so."""
    place = next(party for party in reversed(parties) if party.kind == "municipality")
    neutral = _start("gibt-es-nicht.invalid")
    try:
        for state in State:
            _move(place, state)
            if state is not State.ACTIVE:
                answer = _start(place.host)
                ok = answer.status == _NOT_FOUND and answer.body == neutral.body
                ledger.expect(HOSTS, f"{place.key} im Zustand {state}", answer.in_short, ok=ok)
            try_states(place.key, state, ledger)
    finally:
        _move(place, State.ACTIVE)


def _move(party: Party, state: State) -> None:
    with context.enter_association():
        Tenant.objects.filter(schema_name=party.key).update(state=state)
    directory.forget()


def _as_chief(party: Party, path: str) -> int:
    return (
        Browser(party.host, session=party.session_of_chief()).ask("GET", Ask(path=path), follow=False).status
    )


def _switch(party: Party, module: str, *, on: bool) -> None:
    number = int(party.key.removeprefix("m_"))
    with context.enter_association():
        if on:
            ModuleActivation.objects.create(tenant_id=number, module=module, active_from=clock.now())
        else:
            ModuleActivation.objects.filter(tenant_id=number, module=module).delete()
    directory.forget()


def _start(host: str) -> Answer:
    return Browser(host).ask("GET", Ask(path="/"), follow=False)
