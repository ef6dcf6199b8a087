# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Doctor asks of the vault: can this municipality's data be opened, with its own token, now."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from verbund.kernel.context import Municipality
from verbund.kernel.errors import DomainError
from verbund.kernel.ports import Diagnosis
from verbund.vault.models import DataKey, Kind
from verbund.vault.process import holdings


def look_at_keys(municipality: Municipality) -> Iterator[Diagnosis]:
    """Policy and token role (a token is taken and shown), transit key and data keys (each is unwrapped anew)."""
    key = municipality.key
    store = holdings().store_of(key)
    try:
        facts = store.check()
        if key not in facts.policies:
            yield _error(
                "wrong_policy", _("Das Zugriffsrecht im Geheimnisspeicher gehört nicht zu dieser Kommune.")
            )
            return
        for wrapped in DataKey.objects.order_by("kind", "version").values_list("wrapped", flat=True):
            store.unwrap(key, wrapped)
    except DomainError as error:
        yield _error(error.code, error.message)
        return
    missing = set(Kind.values) - set(DataKey.objects.filter(retired_at=None).values_list("kind", flat=True))
    if missing:
        yield _error(
            "data_key_missing", _("Ein Datenschlüssel fehlt. Er entsteht beim nächsten Verschlüsseln.")
        )
        return
    yield Diagnosis(
        code="keys", level="ok", message=_("Rechte und Schlüssel sind da; alle Datenschlüssel öffnen sich.")
    )


def _error(code: str, message: str) -> Diagnosis:
    return Diagnosis(code=code, level="error", message=message)
