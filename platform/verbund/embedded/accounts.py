# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The unprivileged account PostgreSQL runs under when we are root, and what that account may reach."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from verbund.embedded.errors import EmbeddedError

if TYPE_CHECKING:
    from pathlib import Path

# An account of its own, not `nobody`: other services run as nobody too and could read the data,
# trace the server and reach its private socket. Not `postgres` either: that one may own a real cluster.
_NAME: Final = "verbund-pg"
_FALLBACK: Final = "nobody"
_USERADD: Final = (
    "useradd",
    "--system",
    "--no-create-home",
    "--home-dir",
    "/nonexistent",
    "--shell",
    "/usr/sbin/nologin",
)


@dataclass(frozen=True)
class Account:
    """A system account by name and numbers."""

    name: str
    uid: int
    gid: int


def current_account() -> Account:
    """Give the account we run under.

    Raises:
        EmbeddedError: it has no entry in the account data base; PostgreSQL refuses that.
    """
    try:
        entry = pwd.getpwuid(os.geteuid())
    except KeyError:
        raise EmbeddedError(
            f"PostgreSQL braucht ein benanntes Benutzerkonto, die Nummer {os.geteuid()} hat keinen Eintrag in /etc/passwd.",
            remedy=f"useradd --uid {os.geteuid()} verbund",
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def account_of(path: Path) -> Account:
    """Give the account that owns a path."""
    owner = path.stat().st_uid
    try:
        entry = pwd.getpwuid(owner)
    except KeyError:
        raise EmbeddedError(
            f"Der Ordner {path} gehört der Nummer {owner}, zu der es hier kein Benutzerkonto gibt.",
            remedy=f"useradd --system --uid {owner} {_NAME}",
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def unprivileged_account() -> Account:
    """Give the account for PostgreSQL when we are root; it is made once, as a locked system account."""
    for attempt in (_NAME, None, _NAME, _FALLBACK):
        if attempt is None:
            _make_account()
            continue
        try:
            entry = pwd.getpwnam(attempt)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedError(
        "PostgreSQL läuft nicht als root, und ein Systemkonto dafür lässt sich nicht anlegen.",
        remedy=f"useradd --system {_NAME}",
    )


def _make_account() -> None:
    try:
        subprocess.run([*_USERADD, _NAME], check=False, capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return  # no useradd here: the fallback account serves


def may_enter(path: Path, account: Account) -> bool:
    """Try, as that account, whether it may enter a folder: mode bits alone would miss access lists.

    Raises:
        EmbeddedError: we are root without the right to become somebody else, as in some containers.
    """
    command = ["test", "-x", str(path)]
    try:
        tried = subprocess.run(
            command, check=False, cwd="/", user=account.uid, group=account.gid, extra_groups=[]
        )
    except OSError as error:
        raise EmbeddedError(
            "PostgreSQL läuft nicht als root, und root darf hier nicht das Konto wechseln.",
            remedy="als gewöhnlicher Benutzer starten.",
        ) from error
    return tried.returncode == 0
