# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The key pairs of the entered municipality: made at first need, renewed with its other keys, published as they are.

The private halves lie encrypted with the municipality's data key and are never exported: whoever restores an archive gets new
ones, and what was on its way under the old ones is sealed anew by its sender.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import transaction

from tenants.archive.receivers import key_id, new_private_pem, private_key, public_pem
from verbund.audit import api as audit
from verbund.exchange.envelope import new_signing_pem, public_signing_pem
from verbund.exchange.errors import NotYet, Refused
from verbund.exchange.models import KeyPair
from verbund.exchange.post.models import PublicKey
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM

# Longer than any message is on its way.
KEPT_AFTER_RETIRING = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Own:
    """What the entered municipality signs with."""

    key_id: str
    signing: str = field(repr=False)


def are_published() -> bool:
    """Whether there is a current pair, and others know it."""
    current = KeyPair.objects.filter(retired_at=None).values_list("key_id", flat=True).first()
    number = context.current_municipality().number
    with context.enter_association():
        known = PublicKey.objects.filter(tenant=number, retired_at=None).values_list("key_id", flat=True)
        return current is not None and list(known) == [current]


def ensure(*, at: datetime) -> None:
    """A pair that others know; a new one where there is none, or where they know another."""
    if not are_published():
        renew(at=at)


def renew(*, at: datetime) -> str:
    """A new pair from now on; the old one goes on opening what was sealed for it. Returns its name.

    First here, then with the association: whatever dies in between, `ensure` makes another pair.
    """
    sealing, signing = new_private_pem(), new_signing_pem()
    name = key_id(private_key(sealing).public_key())
    with transaction.atomic(durable=True):
        KeyPair.objects.filter(retired_at=None).update(retired_at=at)
        KeyPair.objects.create(key_id=name, sealing=sealing, signing=signing, made_at=at)
    number = context.current_municipality().number
    with context.enter_association(), transaction.atomic(durable=True):
        PublicKey.objects.filter(tenant=number, retired_at=None).update(retired_at=at)
        PublicKey.objects.create(
            tenant=number,
            key_id=name,
            sealing=public_pem(private_key(sealing)),
            signing=public_signing_pem(signing),
            made_at=at,
        )
        # In the association's record: its list of public keys is what everybody trusts. A copy of a municipality
        # gets keys of its own, and its data stay those of the archive.
        audit.record(
            action="exchange.keys.renewed",
            subject=f"tenants.tenant:{number}",
            by=SYSTEM,
            changes={"key": name},
            at=at,
        )
    return name


def own() -> Own:
    """The current pair of the entered municipality.

    Raises:
        NotYet: there is none.
    """
    pair = KeyPair.objects.filter(retired_at=None).defer("sealing").first()
    if pair is None:
        raise NotYet
    return Own(pair.key_id, str(pair.signing))


def opening(name: str) -> X25519PrivateKey:
    """The private half that opens what was sealed for this name.

    Raises:
        Refused: the entered municipality has no such pair (any more).
    """
    pair = KeyPair.objects.filter(key_id=name).defer("signing").first()
    if pair is None:
        raise Refused("key")
    return private_key(str(pair.sealing))


def sealing_of(number: int) -> str:
    """What is sealed with for a municipality now; the association must be entered.

    Raises:
        NotYet: it has published none.
    """
    found = PublicKey.objects.filter(tenant=number, retired_at=None).values_list("sealing", flat=True).first()
    if found is None:
        raise NotYet
    return str(found)


def signing_of(number: int, name: str) -> str:
    """What a municipality's signatures of that pair are checked with; the association must be entered.

    Raises:
        Refused: it has no such pair: somebody else has written in its name.
    """
    found = PublicKey.objects.filter(tenant=number, key_id=name).values_list("signing", flat=True).first()
    if found is None:
        raise Refused("sender")
    return str(found)


def forget_retired(*, at: datetime) -> None:
    """Destroy pairs that nothing on its way was sealed for."""
    limit = at - KEPT_AFTER_RETIRING
    KeyPair.objects.filter(retired_at__lt=limit).delete()
    number = context.current_municipality().number
    with context.enter_association():
        PublicKey.objects.filter(tenant=number, retired_at__lt=limit).delete()
