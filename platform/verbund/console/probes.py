# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The console as the association's people use it. A new municipality is rehearsed: a worker would set it up."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings

from tenants.bodies_list import known_bodies
from tenants.models import Body, Tenant
from tenants.onboarding import request_onboarding
from tenants.onboarding_input import BodyInput, OnboardingInput, default_profile
from tenants.states import State
from verbund.console.probes_life import LIFE
from verbund.jobs.models import Job
from verbund.jobs.models import State as JobState
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import PROOF_SLUG
from verbund.kernel.probes import Ask, Probe, Rehearsed, Stage

_OPERATOR, _FINANCE = "operator", "finance"


def _slug() -> str:
    """One of the municipalities made for the proof: the newest."""
    return str(Tenant.objects.filter(state="ACTIVE").order_by("-number").values_list("slug", flat=True)[0])


def _page(path: str, *, role: str = _OPERATOR, **more: Any) -> Probe:
    return lambda _stage: Ask(path=path.format(slug=_slug()), role=role, **more)


def _wish() -> dict[str, Any]:
    """A municipality of the official list that is no member yet."""
    taken = set(Body.objects.filter(valid_to=None).values_list("ags", flat=True))
    body = next(body for body in known_bodies().values() if body.kind == "gemeinde" and body.ags not in taken)
    slug = f"{PROOF_SLUG}{secrets.token_hex(3)}-n"
    suffixes = settings.VERBUND.allowed_host_suffixes
    domain = suffixes[0].lstrip(".") if suffixes else settings.VERBUND.base_domain
    return {
        "slug": slug,
        "name": "Nachweis N",
        "kind": body.kind,
        "ars": body.ars,
        "bodies": [{"ags": body.ags, "name": body.name}],
        "hosts": [f"{slug}.{domain}"],
        "admin_email": "it@nachweis.example",
    }


def _new(_stage: Stage) -> Ask:
    wish = _wish()
    rows = wish.pop("bodies")
    data = {
        **wish,
        "hosts": wish["hosts"][0],
        "profile": default_profile(),
        "aktion": "anlegen",
        "bodies-TOTAL_FORMS": "1",
        "bodies-INITIAL_FORMS": "0",
        "bodies-0-ags": rows[0]["ags"],
        "bodies-0-name": rows[0]["name"],
    }
    return Ask(path="/kommunen/neu/", role=_OPERATOR, data=data)


def _new_by_api(_stage: Stage) -> Ask:
    return Ask(path="/api/v1/tenants/", role=_OPERATOR, data=_wish(), is_json=True)


def _retry(_stage: Stage) -> Ask:
    job = request_onboarding([OnboardingInput(**_as_input(_wish()))], by=SYSTEM, at=clock.now())[0]
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED)
    tenant = Tenant.objects.get(schema_name=job.subject)
    Tenant.objects.filter(pk=tenant.pk).update(state=State.FAILED)
    return Ask(path=f"/kommunen/{tenant.slug}/einrichtung/erneut/", role=_OPERATOR)


def _as_input(wish: dict[str, Any]) -> dict[str, Any]:
    bodies = tuple(BodyInput(**body) for body in wish["bodies"])
    return {**wish, "bodies": bodies, "hosts": tuple(wish["hosts"])}


PROBES: dict[str, Probe] = {
    **LIFE,
    "GET console-association:overview": _page("/"),
    "GET console-association:tenants": _page("/kommunen/"),
    "GET console-association:tenant-new": _page("/kommunen/neu/"),
    "POST console-association:tenant-new": Rehearsed(_new),
    "GET console-association:tenant": _page("/kommunen/{slug}/"),
    "GET console-association:progress": _page("/kommunen/{slug}/einrichtung/"),
    "GET console-association:progress-fragment": _page("/kommunen/{slug}/einrichtung/stand/"),
    "POST console-association:retry": Rehearsed(_retry),
    "GET console-association:usage": _page("/nutzung/", role=_FINANCE),
    "GET console-association:usage-download": _page("/nutzung/liste/", role=_FINANCE),
    "GET console-association:usage-days": _page("/nutzung/{slug}/http.requests/", role=_FINANCE),
    "GET console-association:usage-day": _page("/nutzung/{slug}/http.requests/2026-11-12/", role=_FINANCE),
    "GET console-api-association:tenants": _page("/api/v1/tenants/"),
    "POST console-api-association:tenants": Rehearsed(_new_by_api),
    "GET console-api-association:tenant": _page("/api/v1/tenants/{slug}/"),
}
