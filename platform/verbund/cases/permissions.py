# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with cases beyond what their own module allows."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbund.kernel.texts import LazyText


class CasesPermission(StrEnum):
    DEPUTIES = "cases:deputy:manage"


LABELS: dict[str, LazyText] = {CasesPermission.DEPUTIES: _("Vertretungen regeln")}
