# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who reads the record of processing, who answers the requests of single persons, and who changes periods."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbund.kernel.texts import LazyText


class PrivacyPermission(StrEnum):
    """Permissions of this package."""

    READ = "privacy:record:read"
    REQUESTS = "privacy:request:handle"
    INCIDENT = "privacy:incident:report"
    PERIODS = "privacy:period:manage"


LABELS: dict[str, LazyText] = {
    PrivacyPermission.READ: _("Verzeichnis der Verarbeitungstätigkeiten ansehen"),
    PrivacyPermission.REQUESTS: _("Anträge auf Auskunft und Löschung bearbeiten"),
    PrivacyPermission.INCIDENT: _("Datenpannen zusammenstellen"),
    PrivacyPermission.PERIODS: _("Fristen der Löschung ändern"),
}
