# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The console as the association's people use it.

No probe asks for a new municipality: on an installation a worker would set it up.
"""

from __future__ import annotations

from typing import Any

from tenants.models import Tenant
from verbund.console.probes_life import LIFE
from verbund.kernel.probes import Ask, Probe, Stage

_OPERATOR, _FINANCE = "operator", "finance"
_INVALID, _CONFLICT = 422, 409


def _slug() -> str:
    """One of the municipalities made for the proof: the newest."""
    return str(Tenant.objects.filter(state="ACTIVE").order_by("-number").values_list("slug", flat=True)[0])


def _page(path: str, *, role: str = _OPERATOR, **more: Any) -> Probe:
    return lambda _stage: Ask(path=path.format(slug=_slug()), role=role, **more)


def _check_new(_stage: Stage) -> Ask:
    """The form's check, which is everything but the request itself: wrong values get as far and are refused there."""
    data = {"aktion": "pruefen", "slug": "!"}
    return Ask(path="/kommunen/neu/", role=_OPERATOR, data=data, status=_INVALID, writes=False)


def _new_by_api(_stage: Stage) -> Ask:
    data = {
        "slug": "!",
        "name": "Nachweis",
        "kind": "gemeinde",
        "bodies": [{"ags": "00000000", "name": "Nachweis"}],
        "hosts": ["nachweis"],
        "admin_email": "it@nachweis.example",
    }
    path = "/api/v1/tenants/"
    return Ask(path=path, role=_OPERATOR, data=data, is_json=True, status=_INVALID, writes=False)


def _retry(_stage: Stage) -> Ask:
    """What did not fail cannot be tried again; the refusal comes from the service itself."""
    path = f"/kommunen/{_slug()}/einrichtung/erneut/"
    return Ask(path=path, role=_OPERATOR, status=_CONFLICT, writes=False)


PROBES: dict[str, Probe] = {
    **LIFE,
    "GET console-association:overview": _page("/"),
    "GET console-association:tenants": _page("/kommunen/"),
    "GET console-association:tenant-new": _page("/kommunen/neu/"),
    "POST console-association:tenant-new": _check_new,
    "GET console-association:tenant": _page("/kommunen/{slug}/"),
    "GET console-association:progress": _page("/kommunen/{slug}/einrichtung/"),
    "GET console-association:progress-fragment": _page("/kommunen/{slug}/einrichtung/stand/"),
    "POST console-association:retry": _retry,
    "GET console-association:usage": _page("/nutzung/", role=_FINANCE),
    "GET console-association:usage-download": _page("/nutzung/nutzung.csv", role=_FINANCE),
    "GET console-association:usage-days": _page("/nutzung/{slug}/http.requests/", role=_FINANCE),
    "GET console-api-association:tenants": _page("/api/v1/tenants/"),
    "POST console-api-association:tenants": _new_by_api,
    "GET console-api-association:tenant": _page("/api/v1/tenants/{slug}/"),
}
