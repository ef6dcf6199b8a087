# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forged Host and forwarding headers: no foreign host comes back in an answer, and nothing breaks."""

from __future__ import annotations

from itertools import cycle, product

import pytest
from django.test import Client

from verbund.kernel.context import Municipality

FOREIGN = "boese.example"
HOSTS = [
    FOREIGN,
    f"heideblick.localhost.{FOREIGN}",
    f"{FOREIGN}#heideblick.localhost",
    f"heideblick.localhost@{FOREIGN}",
    f"{FOREIGN}:80@heideblick.localhost",
    f"heideblick.localhost:{FOREIGN}",
    f"heideblick.localhost/{FOREIGN}",
    f"heideblick.localhost?{FOREIGN}",
    f"heideblick.localhost, {FOREIGN}",
    f"heideblick.localhost\t{FOREIGN}",
    f"heideblick.localhost\\@{FOREIGN}",
    f'heideblick.localhost"><script>{FOREIGN}',
    f"heideblick.localhost%00.{FOREIGN}",
    f"heideblick.localhost\x00{FOREIGN}",
    "heideblick.localhost:99999",
    "heideblick.localhost:1337",
    "heideblick.localhost:-1",
    "heideblick.localhost:",
    "HEIDEBLICK.localhost.",
    "heideblick.localhost..",
    ".heideblick.localhost",
    "heideblick .localhost",
    "verbund.localhost:1337",
    "127.0.0.1",
    "[::1]:80",
    "[::1",
    "",
    "a" * 300,
    "ä.localhost",
    "xn--4ca.localhost",
]
HEADERS = [
    {},
    {"HTTP_X_FORWARDED_HOST": FOREIGN},
    {"HTTP_X_FORWARDED_SERVER": FOREIGN, "HTTP_X_HOST": FOREIGN, "HTTP_X_ORIGINAL_HOST": FOREIGN},
    {"HTTP_FORWARDED": f"for=192.0.2.1;host={FOREIGN};proto=https"},
    {"HTTP_X_FORWARDED_FOR": f"{FOREIGN}, 192.0.2.1", "HTTP_X_REAL_IP": FOREIGN},
    {"HTTP_X_FORWARDED_PORT": "1337", "HTTP_X_FORWARDED_PROTO": "javascript"},
    {"HTTP_X_ORIGINAL_URL": f"//{FOREIGN}/", "HTTP_X_REWRITE_URL": f"//{FOREIGN}/"},
    {"HTTP_X_FORWARDED_PREFIX": f"//{FOREIGN}", "HTTP_X_SCRIPT_NAME": f"//{FOREIGN}"},
    {"HTTP_REFERER": f"https://{FOREIGN}/", "HTTP_ORIGIN": f"https://{FOREIGN}"},
]
PATHS = [
    "/", "/maengel/", "/maengel/melden/", "/konto/anmelden/", "/verwaltung/", "/impressum/", "/open311/v2/discovery.json",
    "/open311/v2/services.xml", "/api/v1/defects/reports/", "/gibt-es-nicht/", "/impressum",
]  # fmt: skip
VARIANTS = [
    (host, headers, path)
    for (host, headers), path in zip(product(HOSTS, HEADERS), cycle(PATHS), strict=False)
]


def test_no_variant_is_reflected_and_none_breaks(heideblick: Municipality) -> None:
    client = Client(raise_request_exception=False)
    found: list[str] = []
    for host, headers, path in VARIANTS:
        response = client.get(path, HTTP_HOST=host, **headers)
        said = f"{response.headers} {response.cookies} ".encode() + response.content
        if response.status_code >= 500 or FOREIGN.encode() in said or b"1337" in said or b"99999" in said:
            found.append(f"{response.status_code} {host!r} {headers} {path}")

    assert len(VARIANTS) >= 200
    assert found == []


@pytest.mark.parametrize(
    "host", ["HEIDEBLICK.localhost", "heideblick.localhost.", "Heideblick.LOCALHOST:8000"]
)
def test_case_and_a_trailing_dot_are_the_same_host(heideblick: Municipality, host: str) -> None:
    assert Client().get("/", HTTP_HOST=host).status_code == 200
