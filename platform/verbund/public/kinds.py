# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The legal and service pages of a municipality: which there are, which must be there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageKind(models.TextChoices):
    """The value is the page's address on the municipality's host."""

    IMPRESSUM = "impressum", _("Impressum")
    DATENSCHUTZ = "datenschutz", _("Datenschutz")
    BARRIEREFREIHEIT = "barrierefreiheit", _("Erklärung zur Barrierefreiheit")
    KONTAKT = "kontakt", _("Kontakt")
    LEICHTE_SPRACHE = "leichte-sprache", _("Leichte Sprache")
    GEBAERDENSPRACHE = "gebaerdensprache", _("Gebärdensprache")


MANDATORY = (PageKind.KONTAKT, PageKind.IMPRESSUM, PageKind.DATENSCHUTZ, PageKind.BARRIEREFREIHEIT)
OPTIONAL = (PageKind.LEICHTE_SPRACHE, PageKind.GEBAERDENSPRACHE)
