# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The requests of single persons as their rightful owners use them."""

from __future__ import annotations

from verbund.kernel.probes import Run

_SOMEBODY = ("--person", "niemand@nachweis.example", "--slug", "{slug}")

COMMANDS: dict[str, Run | str] = {
    "privacy export": Run(arguments=(*_SOMEBODY, "--json")),
    "privacy erase": Run(arguments=(*_SOMEBODY, "--confirm", "{slug}")),
}
