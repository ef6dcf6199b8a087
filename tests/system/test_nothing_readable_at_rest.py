# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who steals database, broker, files and logs reads nobody's name; who loses the key reads nothing any more."""

from __future__ import annotations

import base64
import re
import secrets
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.system import traces
from tests.system.browser import Browser
from tests.system.demo import SACRIFICE, Demo, wait_until
from tests.system.journeys import answer_report, confirm_by_mail, place_of, show_contact, write_report
from tests.system.one_time_codes import code_of
from tests.system.vault import Vault

pytestmark = pytest.mark.slow

_KEY_OF_APP = re.compile(r"<code>([A-Z2-7]{32})</code>")
_RECOVERY_CODE = re.compile(r"<li><code>([0-9a-z-]+)</code></li>")
_FACTOR = "/konto/zweiter-faktor/"


@dataclass(frozen=True)
class Walk:
    """What was planted on the way, and what the broker heard of it."""

    reference: str
    canaries: dict[str, str]
    in_the_open: dict[str, str]
    heard: bytes


def _canary() -> str:
    # Letters alone: long enough to be nobody else's, and the same in every spelling.
    return "kanari" + "".join(secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(18))


@pytest.fixture
def walk(demo: Demo, visitor: Callable[..., Browser]) -> Walk:
    """The citizen's and the clerk's journey in the town that loses its key."""
    citizen, clerk = visitor(SACRIFICE), visitor(SACRIFICE, role="Bürgerbüro")
    contact = {
        "name": _canary(),
        "email": f"{_canary()}@example.org",
        "phone": f"0151{secrets.randbelow(10**16):016d}",
    }
    in_the_open = {"description": _canary(), "answer": _canary()}
    with traces.broker(demo) as broker, traces.listening(broker) as heard:
        reference = write_report(
            citizen, place_of(demo, SACRIFICE), f"Dunkel: {in_the_open['description']}", **contact
        )
        confirm_by_mail(demo, citizen, email=contact["email"])
        assert contact["name"] in show_contact(clerk, reference)
        answer_report(clerk, reference, f"Erledigt: {in_the_open['answer']}")
        mail = wait_until(lambda: _mail_with(demo, contact["email"], in_the_open["answer"]), seconds=75)
        canaries = {**contact, **_second_factor(demo, visitor), **_secret_in_vault(demo)}
    canaries |= {"subject of the mail": mail["subject"], "body of the mail": _line_only_in_mail(mail["text"])}
    return Walk(reference, canaries, in_the_open, b"\n".join(heard))


def _mail_with(demo: Demo, email: str, text: str) -> dict[str, Any]:
    return next((mail for mail in demo.mails(email) if text in mail["text"]), {})


def _line_only_in_mail(text: str) -> str:
    """A sentence with the reference: no template holds it so, and no page says it."""
    return next(line for line in text.splitlines() if "M-20" in line)


def _second_factor(demo: Demo, visitor: Callable[..., Browser]) -> dict[str, str]:
    """Enrol an authenticator app for the field worker; its key and the recovery codes."""
    person = visitor(SACRIFICE, role="Bauhof")
    page = person.get(f"{_FACTOR}app/")
    shown = _KEY_OF_APP.search(page.text)
    assert shown is not None, page.text
    enrolled = person.post(f"{_FACTOR}app/", {"code": code_of(shown[1])})
    assert enrolled.status_code == 302, enrolled.text
    codes = _RECOVERY_CODE.findall(person.get(f"{_FACTOR}codes/").text)
    assert len(codes) >= 8
    return {"key of the app": shown[1]} | {
        f"recovery code {number}": code for number, code in enumerate(codes)
    }


def _secret_in_vault(demo: Demo) -> dict[str, str]:
    planted = {"password of the mail relay": _canary(), "secret of the OIDC client": _canary()}
    key, provisioner = demo.key_of(SACRIFICE), Vault.sign_in(demo, "provisioner")
    for path, secret in zip(("smtp", "oidc"), planted.values(), strict=True):
        provisioner.write(f"tenants/{key}/{path}", {"secret": secret})
    return planted


def _everything(demo: Demo, heard: bytes) -> Iterator[tuple[str, bytes]]:
    yield "pg_dump", traces.dump(demo)
    with traces.broker(demo) as broker:
        yield "Valkey", traces.broker_content(broker)
    yield "messages through Valkey", heard
    yield "ps", traces.command_lines(demo)
    yield from traces.files(demo)


def test_canaries_lie_nowhere_and_are_gone_with_the_key(
    demo: Demo, visitor: Callable[..., Browser], walk: Walk
) -> None:
    # Everything that is in memory goes to disk, so that the files hold what they ever will.
    with demo.superuser() as connection:
        connection.execute("CHECKPOINT")

    found = traces.traces_of(walk.canaries | walk.in_the_open, _everything(demo, walk.heard))

    # What is public is found where it must be, so the search can find; nothing else is found anywhere.
    assert {("description", "pg_dump"), ("answer", "pg_dump")} <= found
    assert {(name, place) for name, place in found if name in walk.canaries} == set()
    assert b"notify.deliver" in walk.heard

    _destroy_key(demo)
    demo.interrupt()
    demo.start()
    citizen, clerk = visitor(SACRIFICE), visitor(SACRIFICE, role="Bürgerbüro")
    page = f"/verwaltung/maengel/{walk.reference}/"
    refused = clerk.post(f"{page}kontakt/", form=page)
    assert refused.status_code == 410
    assert "unwiderruflich gelöscht" in refused.text
    assert walk.canaries["name"] not in refused.text
    for path in ("/", "/maengel/", f"/maengel/{walk.reference}/", "/impressum/"):
        assert citizen.get(path).status_code == 200, path
    assert clerk.get(page).status_code == 200
    # The neighbours' secrets are untouched.
    neighbour = visitor("luckau", role="Bürgerbüro")
    other = write_report(visitor("luckau"), place_of(demo, "luckau"), "Dunkel", name="Nora Nachbar")
    assert "Nora Nachbar" in show_contact(neighbour, other)


def _destroy_key(demo: Demo) -> None:
    key, provisioner = demo.key_of(SACRIFICE), Vault.sign_in(demo, "provisioner")
    provisioner.call("POST", f"transit/keys/{key}/config", {"deletion_allowed": True}).raise_for_status()
    provisioner.call("DELETE", f"transit/keys/{key}").raise_for_status()


@pytest.mark.parametrize("shift", range(3))
def test_the_search_finds_disguises(shift: int) -> None:
    text = _canary()
    packed = base64.urlsafe_b64encode(zlib.compress(f'{{"name": "{text}"}}'.encode() * 3)).rstrip(b"=")
    inside = base64.b64encode(b"x" * shift + text.encode() + b"y")

    hidden = [packed, inside, text.upper().encode(), text.encode().hex().encode(), text.encode("utf-16-le")]
    found = traces.traces_of({"text": text}, iter((str(n), place) for n, place in enumerate(hidden)))

    assert found == {("text", str(number)) for number in range(len(hidden))}


def test_digits_inside_of_longer_numbers_are_chance() -> None:
    places = {
        "coordinate": b"13.8412345678901234",
        "alone": b"code=1234567890;",
        "at the edge": b"1234567890",
    }

    assert traces.traces_of({"code": "1234567890"}, iter(places.items())) == {
        ("code", "alone"),
        ("code", "at the edge"),
    }
