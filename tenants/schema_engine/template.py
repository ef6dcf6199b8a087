# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The template schema of a municipality, and its structure as one text of SQL."""

from __future__ import annotations

import os
import re
import subprocess

from django.conf import settings
from django.db import connection

from tenants.schema_engine.folding import fold
from verbund.kernel.errors import DomainError

# Appears nowhere else, so that replacing it in the dump replaces nothing but the schema's and the role's name.
NAME = "zz_template_municipality"
# What a dump sets for its own session would outlive our transaction.
_SESSION = re.compile(
    r"^(\\(un)?restrict .*|SET [a-z_]+ = .*;|SELECT pg_catalog\.set_config\(.*\);|--.*)$\n?", re.MULTILINE
)


class TemplateFailed(DomainError):
    code = "template_failed"
    status = 500
    message = "Die Vorlage des Schemas konnte nicht erstellt werden."


def render() -> str:
    """The template's structure, rights and seed rows as SQL, by the server's own pg_dump.

    Raises:
        TemplateFailed: pg_dump is missing, too old, or refuses.
    """
    dump = _dump(["--schema", NAME, "--no-owner", "--rows-per-insert=500"])
    text = _SESSION.sub("", dump)
    # The schema itself is made with its rights before the replay.
    text = re.sub(rf"^CREATE SCHEMA {NAME};\n", "", text, flags=re.MULTILINE)
    return fold(re.sub(r"\n{3,}", "\n\n", text).strip() + "\n")


def for_schema(rendered: str, key: str) -> str:
    """The SQL that makes another schema of the same structure, whose schema and role exist already.

    Raises:
        TemplateFailed: the template's name is still in it.
    """
    text = rendered.replace(NAME, key)
    if "zz_template" in text:
        raise TemplateFailed
    return text


def _dump(options: list[str]) -> str:
    parameters = connection.get_connection_params()
    command = [
        settings.VERBUND.pg_dump,
        "--host", str(parameters["host"]),
        "--port", str(parameters["port"]),
        "--username", str(parameters["user"]),
        "--dbname", str(parameters["dbname"]),
        *options,
    ]  # fmt: skip
    environment = {**os.environ, "PGPASSWORD": str(parameters["password"])}
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True, timeout=120
        )
    except (OSError, subprocess.SubprocessError) as error:
        reason = getattr(error, "stderr", None) or str(error)
        raise TemplateFailed(
            f"{TemplateFailed.message} pg_dump meldet: {str(reason).strip()[:300]}"
        ) from error
    return done.stdout
