# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page of both hosts: no axe finding, no complaint of the browser, nothing from another host, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.e2e.live import LiveSite
from tests.e2e.samples import HOSTS, NO_PAGE, PAGES, SEEN_IN_HEIDEBLICK, Visitor
from tests.e2e.visiting import Visit

pytestmark = pytest.mark.e2e
# For programs: described by OpenAPI and checked against it.
_MACHINES = ("api/", "open311/", "oparl/", "ogc/")
_WIDTHS = (1280, 390, 320)


def routes(area: str) -> Iterator[str]:
    """The names of everything a host answers, except to programs."""

    def walk(patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...], path: str) -> Iterator[str]:
        for pattern in patterns:
            here = path + str(pattern.pattern)
            if here.startswith(_MACHINES) and here != "api/":
                continue
            if isinstance(pattern, URLResolver):
                yield from walk(
                    pattern.url_patterns, (*spaces, pattern.namespace) if pattern.namespace else spaces, here
                )
            else:
                yield ":".join((*spaces, pattern.name or here))

    yield from walk(get_resolver(f"verbund.config.urls.{area}").url_patterns, (), "")


def cases() -> Iterator[object]:
    for area, pages in PAGES.items():
        for route, visitors in pages.items():
            for visitor in visitors:
                yield pytest.param(
                    area, route, visitor, id=f"{area}-{route}-{visitor.name}".replace(" ", "_")
                )


@pytest.mark.parametrize("area", PAGES)
def test_every_route_has_a_sample(area: str) -> None:
    known = {*PAGES[area], *NO_PAGE, *SEEN_IN_HEIDEBLICK}

    assert [route for route in routes(area) if route not in known] == []


@pytest.mark.parametrize("area", PAGES)
def test_every_sample_has_a_route(area: str) -> None:
    there = set(routes(area))

    assert [route for route in PAGES[area] if route not in there] == []


@pytest.mark.parametrize(("area", "route", "visitor"), list(cases()))
def test_page(
    visit: Callable[..., Visit], live_site: LiveSite, area: str, route: str, visitor: Visitor
) -> None:
    host = visitor.host or HOSTS[area]
    is_halfway = visitor.role == "at_second_step"
    someone = visit(host, role="" if is_halfway else visitor.role, is_new=is_halfway)
    if is_halfway:
        sign_in_halfway(someone, live_site)

    path = address(live_site, area, route, visitor)
    status = someone.open(path)
    assert visitor.path or someone.path == path.partition("?")[0], "led somewhere else"
    if visitor.press:
        someone.send(visitor.typed, visitor.press, expects_errors=visitor.name == "errors")

    assert status == visitor.status, someone.page.title()
    # Narrow pages are the same elements in another place; the first look at each route is enough.
    axe_at = (1280, 320) if visitor is PAGES[area][route][0] else (1280,)
    assert problems(someone, axe_at) == []


def address(site: LiveSite, area: str, route: str, visitor: Visitor) -> str:
    def made(value: str) -> str:
        return str(site.made[value.removeprefix("made:")]) if value.startswith("made:") else value

    if visitor.path:
        return made(visitor.path)
    arguments = {name: made(value) for name, value in visitor.args.items()}
    return reverse(route, urlconf=f"verbund.config.urls.{area}", kwargs=arguments) + visitor.query


def problems(someone: Visit, axe_at: tuple[int, ...]) -> list[str]:
    found: list[str] = []
    for width in _WIDTHS:
        someone.resize(width)
        if width in axe_at:
            found += [f"{width} px: {finding}" for finding in someone.findings()]
        found += [f"{width} px: too wide: {element}" for element in someone.overflow()]
        someone.keep_picture(width)
    return found + someone.complaints


def sign_in_halfway(someone: Visit, site: LiveSite) -> None:
    """Password given, code still asked for."""
    someone.open(reverse("account_login", urlconf="verbund.config.urls.municipality"))
    someone.page.get_by_label("E-Mail-Adresse").fill(site.made["person_email"])
    someone.page.locator("#id_password").fill(site.made["password"])
    someone.page.get_by_role("button", name="Anmelden", exact=True).click()
    someone.page.wait_for_url("**/konto/anmelden/code/")
