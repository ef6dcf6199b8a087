# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The exchange's steps at the turns of a municipality's life: keys when it joins and with its others, nothing left behind."""

from __future__ import annotations

from django.db.models import Q

from verbund.exchange import keys
from verbund.exchange.models import KeyPair
from verbund.exchange.post.models import Message, PublicKey
from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Conflict
from verbund.kernel.ports import RekeyContext, StepContext
from verbund.vault.rotation import transit_key_versions


def has_keys(step: StepContext) -> bool:
    with context.enter(step.municipality):
        return keys.are_published()


def make_keys(step: StepContext) -> None:
    with context.enter(step.municipality):
        keys.ensure(at=step.at)


def undo_keys(step: StepContext) -> None:
    remove_all(step)
    with context.enter(step.municipality):
        KeyPair.objects.all().delete()


def is_renewed(_step: RekeyContext) -> bool:
    """Whether the pair is younger than the version of the transit key that this renewal began with."""
    if not isinstance(context.current(), Municipality):
        return True
    since = transit_key_versions().newest_made_at
    return KeyPair.objects.filter(retired_at=None, made_at__gt=since).exists() and keys.are_published()


def renew(step: RekeyContext) -> None:
    keys.renew(at=step.at)


def undo_renewal(_step: RekeyContext) -> None:
    """Nothing: a new pair is as good as the old one, which goes on opening what was sealed for it."""


def is_removed(step: StepContext) -> bool:
    with context.enter_association():
        return not (
            Message.objects.filter(_of(step)).exists()
            or PublicKey.objects.filter(tenant=step.municipality.number).exists()
        )


def remove_all(step: StepContext) -> None:
    """Messages from and to it, and its public keys; who wrote to it learns that it is gone."""
    with context.enter_association():
        Message.objects.filter(_of(step)).delete()
        PublicKey.objects.filter(tenant=step.municipality.number).delete()


def never(_step: StepContext) -> None:
    """The `undo`: nobody can write in its name any more.

    Raises:
        Conflict: always.
    """
    raise Conflict


def _of(step: StepContext) -> Q:
    return Q(sender=step.municipality.number) | Q(receiver=step.municipality.number)
