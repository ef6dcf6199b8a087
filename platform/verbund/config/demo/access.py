# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts and keys to try the demo with, and the file that names them."""

from __future__ import annotations

import hmac
import json
import os
import secrets
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings

from verbund.accounts.api import actor_for
from verbund.accounts.models import Person
from verbund.accounts.services.people import create_person
from verbund.accounts.services.tokens import issue_token
from verbund.config.demo.members import positions
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality
from verbund.vault.references import resolve

FILE = "demo-access.json"
ASSOCIATION = (
    ("Betrieb", "operator", "betrieb"),
    ("Finanzen", "finance", "finanzen"),
    ("Finanzen, zweite Person", "finance", "finanzen2"),
    ("Revision", "auditor", "revision"),
)
MUNICIPALITY = (
    ("Administration", "administrator", "administration"),
    ("Bürgerbüro", "clerk", "buergerbuero"),
    ("Bauhof", "field_worker", "bauhof"),
)
_LETTERS = "abcdefghkmnpqrstuvwxyz23456789"


def write(municipalities: Sequence[Municipality]) -> None:
    """Make what is missing and write the file (mode 0600); what is in it already stays as it is."""
    path = Path(settings.VERBUND.data) / FILE
    kept = _read(path)
    known = {item["slug"]: item for item in kept.get("municipalities", [])}
    with context.enter_association():
        association = kept.get("association") or _association()
    places = positions()
    access = {
        "connect": f"127.0.0.1:{settings.VERBUND.public_port}",
        "association": association | {"url": settings.VERBUND.url(settings.VERBUND.association_host)},
        "municipalities": [
            (known.get(item.slug) or _municipality(item, places[item.slug]))
            | {"url": settings.VERBUND.url(item.hosts[0])}
            for item in municipalities
            if item.slug in places
        ],
        "metrics_url": f"http://127.0.0.1:{settings.VERBUND.metrics_port}/metrics",
        "mail_url": os.environ.get("DEMO_MAIL_URL", ""),
        "mail_api": f"{os.environ.get('DEMO_MAIL_URL', '')}/api/messages",
        "database_dsn": _dsn(),
        "vault_addr": settings.VERBUND.vault_addr,
    }
    _replace(path, json.dumps(access, ensure_ascii=False, indent=2))


def _association() -> dict[str, Any]:
    accounts = [
        _account(label, role, f"{local}@verbund.example", f"{label} Verbund")
        for label, role, local in ASSOCIATION
    ]
    return {"accounts": accounts, "api_token": _token(f"{ASSOCIATION[0][2]}@verbund.example")}


def _municipality(municipality: Municipality, position: tuple[float, float]) -> dict[str, Any]:
    domain = f"{municipality.slug}.example"
    with context.enter(municipality):
        accounts = [
            _account(label, role, f"{local}@{domain}", f"{label} {municipality.name}")
            for label, role, local in MUNICIPALITY
        ]
        token = _token(f"{MUNICIPALITY[0][2]}@{domain}")
    return {
        "slug": municipality.slug,
        "name": municipality.name,
        "lat": position[0],
        "lon": position[1],
        "accounts": accounts,
        "api_token": token,
    }


def _account(label: str, role: str, email: str, name: str) -> dict[str, Any]:
    password = _password(email)
    create_person(email=email, name=name, role=role, password=password, by=SYSTEM, at=clock.now())
    return {"role": label, "email": email, "password": password, "totp_secret": None}


def _password(email: str) -> str:
    """Derived from a seed of this data folder: a start killed half-way knows the passwords it gave out."""
    digest = hmac.digest(_seed(), email.encode(), "sha256")
    letters = [_LETTERS[byte % len(_LETTERS)] for byte in digest[:15]]
    return "-".join("".join(letters[start : start + 5]) for start in (0, 5, 10))


@cache
def _seed() -> bytes:
    path = Path(settings.VERBUND.data) / "credentials" / "demo.seed"
    if not path.exists():
        _replace(path, secrets.token_hex(32))
    return path.read_bytes()


def _token(email: str) -> str:
    actor = actor_for(Person.objects.get(email=email))
    _token_row, text = issue_token(name="Demo", scopes=actor.permissions, by=actor, at=clock.now())
    return text


def _dsn() -> str:
    """The application's own login, as the web processes have it."""
    environment = settings.VERBUND
    password = quote(resolve("vault:association/db#app_password"), safe="")
    return f"postgresql://verbund_app:{password}@{environment.db_host}:{environment.db_port}/{environment.db_name}"


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _replace(path: Path, text: str) -> None:
    """Write beside and rename: a killed start leaves the old file or the new one, never half of one."""
    beside = path.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
