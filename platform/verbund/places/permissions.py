# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with the municipality's places and its ground."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbund.kernel.texts import LazyText


class PlacesPermission(StrEnum):
    READ = "places:place:read"
    EDIT = "places:place:edit"
    MANAGE_GROUND = "places:ground:manage"


LABELS: dict[str, LazyText] = {
    PlacesPermission.READ: _("Objekte und Orte ansehen, auch nicht öffentliche"),
    PlacesPermission.EDIT: _("Objekte und Orte anlegen und ändern"),
    PlacesPermission.MANAGE_GROUND: _("Adressliste und Gemeindegrenze einspielen"),
}
