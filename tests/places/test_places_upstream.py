# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Base maps through our own proxy, with a real service on this machine's loopback."""

from __future__ import annotations

import io
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest
from django.test import Client
from PIL import Image

from verbund.kernel import context
from verbund.places import frames, proxied, queries
from verbund.places.geometry import mercator
from verbund.places.tiles import TileAddress
from verbund.places.upstream import LARGEST, NoTile, Upstream, UpstreamFailed

LOOPBACK = (ip_network("127.0.0.0/8"),)
SOMEWHERE = TileAddress(12, 2200, 1350)


def picture(kind="PNG"):
    target = io.BytesIO()
    Image.new("RGB", (256, 256), "#3b6ea5").save(target, kind)
    return target.getvalue()


class Service(ThreadingHTTPServer):
    """A map service that notes what it is asked and answers as told: status, content, seconds of waiting."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Asked)
        self.asked = []
        self.answer = (200, picture(), 0.0)
        self.headers = {}

    @property
    def template(self):
        return f"http://127.0.0.1:{self.server_port}/karte/{{z}}/{{x}}/{{y}}.png?layer=grau"


class Asked(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        status, content, seconds = self.server.answer
        self.send_response(status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        if "Content-Length" not in self.server.headers:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        half = len(content) // 2
        for part in (content[:half], content[half:]):
            time.sleep(seconds)
            try:
                self.wfile.write(part)
            except OSError:
                return

    def log_message(self, *_arguments):
        """Quiet."""


@pytest.fixture
def service():
    server = Service()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def switched_on(service, settings, tmp_path):
    settings.VERBUND = settings.VERBUND.model_copy(
        update={
            "tiles_url": service.template,
            "tiles_hosts": ("127.0.0.1",),
            "tiles_attribution": "© Landesvermessung",
            "tiles_networks": LOOPBACK,
            "tiles_timeout_seconds": 1.0,
            "data": tmp_path,
        }
    )
    proxied._made.cache_clear()
    yield service
    proxied._made.cache_clear()


def upstream(service, **options):
    return Upstream(**{"template": service.template, "seconds": 0.5, "networks": LOOPBACK, **options})


def path_here(heideblick, zoom=14, scale=""):
    with context.enter(heideblick):
        west, south, east, north = queries.bounding_box()
    x, y = mercator((south + north) / 2, (west + east) / 2)
    return f"/kacheln/{zoom}/{int(x * (1 << zoom))}/{int(y * (1 << zoom))}{scale}.png"


def visit(heideblick, path, **headers):
    return Client().get(path, headers={"host": heideblick.hosts[0], **headers})


def test_the_address_is_filled_in(service):
    assert upstream(service).fetch(SOMEWHERE) == service.answer[1]
    assert service.asked[0][0] == "/karte/12/2200/1350.png?layer=grau"


def test_loopback_is_refused_unless_it_is_allowed(service):
    with pytest.raises(UpstreamFailed, match="not allowed"):
        upstream(service, networks=()).fetch(SOMEWHERE)
    with pytest.raises(UpstreamFailed, match="not allowed"):
        upstream(service, networks=(ip_network("10.0.0.0/8"),)).fetch(SOMEWHERE)

    assert service.asked == []


@pytest.mark.parametrize(
    ("answer", "headers", "kind", "why"),
    [
        ((404, b"", 0), {}, NoTile, "404"),
        ((204, b"", 0), {}, NoTile, "204"),
        ((500, b"", 0), {}, UpstreamFailed, "500"),
        ((302, b"", 0), {"Location": "http://127.0.0.1:1/"}, UpstreamFailed, "302"),
        ((200, b"<html>Wartung</html>", 0), {}, UpstreamFailed, "no picture"),
        ((200, b"\x89PNG\r\n\x1a\n" + b"0" * LARGEST, 0), {}, UpstreamFailed, "too large"),
        ((200, picture(), 0), {"Content-Length": "90000"}, UpstreamFailed, "cut short|Incomplete"),
        ((200, picture(), 0.4), {}, UpstreamFailed, "too slow"),
        ((200, picture(), 2), {}, UpstreamFailed, "imeout|timed out"),
    ],
)
def test_what_is_no_tile_is_refused(service, answer, headers, kind, why):
    service.answer, service.headers = answer, headers

    with pytest.raises(kind, match=why):
        upstream(service).fetch(SOMEWHERE)


def test_nobody_listening_is_a_failure(service):
    with pytest.raises(UpstreamFailed):
        upstream(service, template="http://127.0.0.1:1/{z}/{x}/{y}").fetch(SOMEWHERE)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_map_is_the_services_and_asked_for_once(switched_on, heideblick, kind):
    switched_on.answer = (200, picture(kind), 0)

    first = visit(heideblick, path_here(heideblick))
    again = visit(heideblick, path_here(heideblick))
    fine = visit(heideblick, path_here(heideblick, scale="@2x"))

    assert first.content == again.content == fine.content == switched_on.answer[1]
    assert first["Content-Type"] == f"image/{kind.lower()}"
    assert len(switched_on.asked) == 1


@pytest.mark.django_db
def test_nothing_of_the_citizen_travels(switched_on, heideblick):
    visit(
        heideblick,
        path_here(heideblick),
        cookie="sessionid=geheim",
        referer="https://heideblick.example/maengel/",
        user_agent="Ada/1.0",
        x_forwarded_for="203.0.113.7",
    )

    (_path, headers) = switched_on.asked[0]
    assert set(headers) == {"Host", "Accept-Encoding", "Accept", "User-Agent"}
    assert headers["User-Agent"] == "Verbund tile proxy"


@pytest.mark.django_db
def test_a_silent_service_leaves_the_built_in_map_and_is_left_alone(switched_on, heideblick):
    switched_on.answer = (503, b"", 0)

    tiles = [visit(heideblick, path_here(heideblick, zoom)) for zoom in (13, 14, 15)]

    assert [tile.status_code for tile in tiles] == [200] * 3
    assert {Image.open(io.BytesIO(tile.content)).format for tile in tiles} == {"PNG"}
    assert {tile["Cache-Control"] for tile in tiles} == {"public, max-age=60"}
    assert len(switched_on.asked) == 1, "nobody waits for it a second time"


@pytest.mark.django_db
def test_a_tile_the_service_lacks_costs_only_itself(switched_on, heideblick):
    switched_on.answer = (404, b"", 0)
    visit(heideblick, path_here(heideblick, 13))
    switched_on.answer = (200, picture(), 0)

    assert visit(heideblick, path_here(heideblick, 14)).content == picture()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/kacheln/14/1/1.png", "/kacheln/9/100/100.png"])
def test_it_is_no_proxy_for_the_world(switched_on, heideblick, path):
    assert visit(heideblick, path).status_code == 200
    assert switched_on.asked == []


@pytest.mark.django_db
def test_zooms_out_of_the_limits_are_drawn_here(switched_on, heideblick, settings):
    settings.VERBUND = settings.VERBUND.model_copy(update={"tiles_min_zoom": 12, "tiles_max_zoom": 13})

    for zoom in (11, 14):
        assert visit(heideblick, path_here(heideblick, zoom)).status_code == 200
    assert switched_on.asked == []


@pytest.mark.django_db
def test_the_map_says_whose_it_is(switched_on, heideblick):
    with context.enter(heideblick):
        assert frames.attribution().startswith("© Landesvermessung")


@pytest.mark.django_db
def test_without_the_setting_nobody_is_asked(service, heideblick):
    assert visit(heideblick, path_here(heideblick)).status_code == 200
    assert service.asked == []
