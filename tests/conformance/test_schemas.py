# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI description of each host: valid, and made without a single complaint."""

from __future__ import annotations

import re

import pytest
from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

# How the generator names what it cannot tell apart: by a part of a checksum, which moves with any other choice.
_BY_CHECKSUM = re.compile(r"[0-9A-Fa-f]{3}Enum$")


@pytest.mark.parametrize("host", ["association", "municipality"])
def test_description_is_valid_and_made_without_complaint(db, capsys, host):
    reset_generator_stats()

    schema = SchemaGenerator(urlconf=f"verbund.config.urls.{host}").get_schema(request=None, public=True)

    assert schema["paths"]
    validate_schema(schema)
    assert [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache] == []
    assert capsys.readouterr().err == ""
    assert [name for name in schema["components"]["schemas"] if _BY_CHECKSUM.search(name)] == []
