# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our process of part (e)."""

from __future__ import annotations

import django

from bench.orders import serve


def main() -> None:
    django.setup()
    from bench.busy_town import BusyTown  # noqa: PLC0415 (after setup)

    serve(BusyTown().carry_out)


if __name__ == "__main__":
    main()
