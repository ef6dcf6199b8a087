# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's credentials from a page into Vault: only the provisioner may write there (docs/adr/0004).

Until it has, they lie encrypted in the municipality's schema and count from the first moment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from verbund.kernel import context
from verbund.vault.api import seal, unseal
from verbund.vault.errors import SecretMissing
from verbund.vault.models import SecretOnTheWay
from verbund.vault.process import holdings
from verbund.vault.references import Reference, read_again

_REVISION = "revision"
_PURPOSE = "vault.secretontheway.content"


def hand_over(name: str, values: Mapping[str, str], *, revision: str, at: datetime) -> None:
    """Keep credentials of the entered municipality for the provisioner, in place of those that still wait.

    ``revision`` names these and no others: whoever asks for it never gets older ones.
    """
    content = seal(json.dumps({**values, _REVISION: revision}), purpose=_PURPOSE)
    SecretOnTheWay.objects.update_or_create(name=name, defaults={"content": content, "given_at": at})


def take_away(name: str, *, at: datetime) -> None:
    """Have the provisioner delete them; until then nobody asks for their revision any more."""
    SecretOnTheWay.objects.update_or_create(name=name, defaults={"content": None, "given_at": at})


def credentials(name: str, *, revision: str) -> Mapping[str, str]:
    """The credentials of that revision.

    Raises:
        SecretMissing: there are none, or only others.
        VaultUnavailable: they lie in Vault, which is away.
    """
    waiting = SecretOnTheWay.objects.filter(name=name).first()
    if waiting is not None:
        found: Mapping[str, str] = _opened(waiting)
    else:
        reference = Reference("municipality", name, _REVISION)
        found = reference.values()
        if found.get(_REVISION) != revision:  # kept in memory from before
            found = read_again(str(reference))
    if found.get(_REVISION) != revision:
        raise SecretMissing
    return found


def move_all() -> int:
    """Put what waits in the entered municipality into Vault; how many. Needs the provisioner's rights, safe to repeat."""
    key, moved = context.current_municipality().key, 0
    with transaction.atomic():
        for waiting in SecretOnTheWay.objects.select_for_update().order_by("pk"):
            path = f"tenants/{key}/{waiting.name}"
            if waiting.content is None:
                holdings().own.delete(path)
            else:
                holdings().own.write(path, _opened(waiting))
            waiting.delete()
            moved += 1
    return moved


def _opened(waiting: SecretOnTheWay) -> dict[str, str]:
    if waiting.content is None:
        return {}
    found: dict[str, str] = json.loads(unseal(bytes(waiting.content), purpose=_PURPOSE))
    return found
