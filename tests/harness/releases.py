# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The program's next release: the same code, and one migration more in one app."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from verbund import places

_HEAD = """from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = [("places", "{last}")]
"""


def next_release(folder: Path, migration: str) -> dict[str, str]:
    """Write settings under which `places` has the given migration too; gives what the environment needs.

    ``migration`` is the body of the class, indented by four spaces.
    """
    package = folder / "next_places_migrations"
    shutil.copytree(Path(places.__file__).parent / "migrations", package)
    last = max(file.stem for file in package.glob("0*.py"))
    (package / f"{int(last[:4]) + 1:04d}_next.py").write_text(_HEAD.format(last=last) + migration)
    (folder / "next_release.py").write_text(
        "from verbund.config.settings.test import *\n"
        'MIGRATION_MODULES = {**MIGRATION_MODULES, "places": "next_places_migrations"}\n'
    )
    found = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"DJANGO_SETTINGS_MODULE": "next_release", "PYTHONPATH": os.pathsep.join(found)}
