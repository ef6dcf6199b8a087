# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Seals the secrets of second factors with the newest data key: they lie inside of allauth's JSON, not in fields."""

from __future__ import annotations

import base64
from typing import Final

from allauth.mfa.models import Authenticator
from django.db import transaction

from verbund.accounts.mfa import PURPOSE
from verbund.kernel.ports import RekeyContext
from verbund.vault import api

_SEALED: Final = ("secret", "seed")


def are_resealed(_step: RekeyContext) -> bool:
    return not any(_anew(factor.data) for factor in Authenticator.objects.all())


def reseal(_step: RekeyContext) -> None:
    """One at a time, so that nobody who signs in meanwhile waits or is overwritten."""
    for number in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().filter(pk=number).first()
            if factor is not None and (anew := _anew(factor.data)):
                factor.data = {**factor.data, **anew}
                factor.save(update_fields=["data"])


def undo(_step: RekeyContext) -> None:
    """Nothing: what is sealed with a newer key is as good as before."""


def _anew(data: dict[str, object]) -> dict[str, str]:
    """What an older data key sealed, by name, sealed with the newest."""
    found = {}
    for name in _SEALED:
        sealed = data.get(name)
        if isinstance(sealed, str):
            anew = api.reseal(base64.b64decode(sealed), purpose=PURPOSE)
            if anew is not None:
                found[name] = base64.b64encode(anew).decode("ascii")
    return found
