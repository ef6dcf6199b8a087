# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What `verbund demo` says when it cannot start, what it leaves behind when it ends, and what it tells programs."""

from __future__ import annotations

import json
import logging
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import requests

from tests.harness.services import ROOT
from tests.system.browser import Browser
from tests.system.demo import ONLY, Demo, free_port, wait_until, words
from tests.system.journeys import place_of, show_contact, write_report

pytestmark = pytest.mark.slow
log = logging.getLogger(__name__)

_VERBUND = Path(sys.executable).with_name("verbund")


@pytest.fixture
def other_demo() -> Iterator[Demo]:
    """A second installation with one municipality, for tests that stop a start half-way."""
    made = Demo(only=("luckau",))
    yield made
    made.remove()


def refused(demo: Demo, **more: str) -> str:
    """Start once more; what the console said about why not."""
    done = subprocess.run(
        [str(_VERBUND), "demo"],
        env=demo.environment(COLUMNS="1000", **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr == ""
    said = [line for line in done.stdout.splitlines() if line.strip() and "━" not in line]
    assert len(said) == 1, done.stdout
    return words(said[0])


def test_a_second_demo_on_the_same_data_is_refused(demo: Demo) -> None:
    said = refused(demo, PORT=str(free_port()))

    assert f"läuft schon eine Installation (Prozess {demo.supervisor.pid})" in said
    assert "DATA=<anderer Ordner>" in said
    assert demo.is_ready()


def test_a_port_in_use_is_named(demo: Demo, tmp_path: Path) -> None:
    said = refused(demo, DATA=str(tmp_path / "new"))

    assert f"Port {demo.port} für die Web-Oberfläche ist schon belegt." in said
    assert f"ss -ltnp 'sport = :{demo.port}'" in said


@pytest.mark.parametrize("port", ["http", "0", "65536"])
def test_a_port_that_is_none_is_refused(demo: Demo, tmp_path: Path, port: str) -> None:
    assert f"PORT={port} ist keine Portnummer" in refused(demo, DATA=str(tmp_path / "new"), PORT=port)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_municipality_is_refused_before_anything_is_made(demo: Demo, tmp_path: Path) -> None:
    said = refused(demo, DATA=str(tmp_path / "new"), ONLY="luckau,entenhausen")

    assert said.startswith("ONLY nennt entenhausen;")
    assert list(tmp_path.iterdir()) == []


def test_data_of_another_postgresql_are_left_alone(other_demo: Demo) -> None:
    cluster = other_demo.data / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("15\n")

    said = refused(other_demo)

    assert f"Die Datenbank in {cluster} ist von PostgreSQL 15, installiert ist 18." in said
    assert [path.name for path in cluster.iterdir()] == ["PG_VERSION"]
    assert other_demo.processes() == []


def test_a_data_folder_that_is_a_file_is_refused(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    said = refused(demo, DATA=str(tmp_path / "file"), PORT=str(free_port()))

    assert said.startswith("Der Datenordner lässt sich nicht benutzen: kein Ordner")


def test_the_command_line_without_an_installation_says_so(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VERBUND_")}
    done = subprocess.run(
        [str(_VERBUND), "tenants", "list"],
        env=kept | {"DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert done.returncode == 2
    assert f"In {tmp_path} ist keine Installation." in done.stderr


def test_the_access_file_is_ours_alone_and_complete(demo: Demo) -> None:
    access = demo.access

    assert stat.S_IMODE((demo.data / "demo-access.json").stat().st_mode) == 0o600
    assert set(access) == {
        "connect", "association", "municipalities", "metrics_url", "mail_url", "mail_api", "database_dsn", "vault_addr",
    }  # fmt: skip
    assert access["connect"] == f"127.0.0.1:{demo.port}"
    assert set(access["association"]) == {"url", "accounts", "api_token"}
    assert {town["slug"] for town in access["municipalities"]} >= set(ONLY)
    for town in access["municipalities"]:
        assert set(town) == {"slug", "name", "url", "lat", "lon", "accounts", "api_token"}
        assert [account["role"] for account in town["accounts"]] == ["Administration", "Bürgerbüro", "Bauhof"]
        assert town["url"] == f"http://{town['slug']}.localhost:{demo.port}/"
    assert [account["role"] for account in access["association"]["accounts"]] == [
        "Betrieb",
        "Finanzen",
        "Finanzen, zweite Person",
        "Revision",
    ]
    for place in (access["association"], *access["municipalities"]):
        for account in place["accounts"]:
            assert set(account) == {"role", "email", "password", "totp_secret"}


def test_what_the_access_file_names_answers(demo: Demo) -> None:
    access = demo.access

    assert "verbund_" in requests.get(access["metrics_url"], timeout=10).text
    assert isinstance(requests.get(access["mail_api"], timeout=5).json(), list)
    assert requests.get(access["mail_url"], timeout=5).ok
    assert requests.get(f"{access['vault_addr']}/v1/sys/health", timeout=5).ok
    with psycopg.connect(access["database_dsn"]) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("verbund_app",)
    for slug in ("heideblick", "luckau"):
        town = demo.municipality(slug)
        answer = requests.get(
            f"http://{access['connect']}/api/v1/defects/reports/",
            headers={"Host": f"{slug}.localhost", "Authorization": f"Bearer {town['api_token']}"},
            timeout=10,
        )
        assert answer.status_code == 200, answer.text


def test_programs_read_the_list_and_a_new_member_is_served_at_once(demo: Demo) -> None:
    options = [
        "--slug",
        "eichwalde",
        "--name",
        "Eichwalde",
        "--kind",
        "gemeinde",
        "--body",
        "12061112:Eichwalde",
    ]
    options += [
        "--host",
        "eichwalde.localhost",
        "--admin-email",
        "it@eichwalde.example",
        "--profile",
        "beispiel",
    ]

    onboarded = demo.cli("onboard", *options, "--json")

    assert onboarded.returncode == 0, onboarded.stdout + onboarded.stderr
    listed = demo.cli("tenants", "list", "--json")
    assert listed.returncode == 0
    assert {town["slug"] for town in json.loads(listed.stdout)} >= {*ONLY, "eichwalde"}
    newcomer = Browser(demo.port, "eichwalde.localhost")
    try:
        wait_until(lambda: newcomer.get("/").status_code == 200, seconds=10)
        assert "Eichwalde" in newcomer.get("/").text
    finally:
        newcomer.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ending_leaves_no_child_and_the_next_start_loses_nothing(
    demo: Demo,
    visitor: Callable[..., Browser],
    number: signal.Signals,
) -> None:
    reference = write_report(
        visitor("luckau"), place_of(demo, "luckau"), "Laterne dunkel", name="Nora Nachbar"
    )
    known = demo.access

    assert demo.interrupt(number) == 0
    left = demo.processes()
    seconds = demo.start()

    log.info("The next start took %.1f s.", seconds)
    assert left == []
    assert demo.access == known | {name: demo.access[name] for name in ("municipalities",)}
    assert [town for town in known["municipalities"] if town not in demo.access["municipalities"]] == []
    assert "Nora Nachbar" in show_contact(visitor("luckau", role="Bürgerbüro"), reference)


def test_a_first_start_that_is_stopped_half_way_is_taken_up(other_demo: Demo) -> None:
    other_demo.begin()
    other_demo.wait_said("Kommunen aufnehmen")
    other_demo.kill()
    # At once, while the killed one's children are still ending.
    other_demo.begin()
    other_demo.wait_said("Beispiele anlegen")

    code = other_demo.interrupt(signal.SIGTERM)

    assert code == 130
    assert "Traceback" not in other_demo.output.read_text()
    assert other_demo.processes() == []
    other_demo.start()
    assert [town["slug"] for town in other_demo.access["municipalities"]] == ["luckau"]
    citizen = Browser(other_demo.port, "luckau.localhost")
    write_report(citizen, place_of(other_demo, "luckau"), "Laterne dunkel", name="Nora Nachbar")
    citizen.close()
