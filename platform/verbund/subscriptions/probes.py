# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A subscription as its owner uses it."""

from __future__ import annotations

from django.urls import reverse

from verbund.kernel import clock, ids
from verbund.kernel.ids import hash_of_secret
from verbund.kernel.probes import Ask, Probe, Stage
from verbund.subscriptions.areas import Area
from verbund.subscriptions.models import Rhythm, Subscription
from verbund.subscriptions.services import Wish
from verbund.vault.api import blind_index

_WISH = {"where": "ort", "radius_m": "500", "topics": "defects.report", "rhythm": "weekly", "website": ""}


def _at(name: str, **arguments: object) -> str:
    return reverse(name, urlconf="verbund.config.urls.municipality", kwargs=arguments)


def _link(stage: Stage, *, is_confirmed: bool = True) -> str:
    """The secret of a subscription around an address that bears the mark."""
    secret, now = ids.link_secret(), clock.now()
    area = Area(f"Weg {stage.canary} 1", 51.8, 13.6, 500)
    wish = Wish(area=area, topics=("defects.report",), rhythm=Rhythm.WEEKLY)
    email = f"erika-{stage.canary}@nachweis.example"
    Subscription.objects.create(
        email=email,
        email_index=blind_index(email, purpose="probe"),
        secret=secret,
        secret_hash=hash_of_secret(secret),
        made_at=now,
        confirmed_at=now if is_confirmed else None,
        **wish.as_columns(),
    )
    return secret


def _ask(stage: Stage) -> Ask:
    data = {**_WISH, "email": f"neu-{stage.canary}-{ids.link_secret()[:6].lower()}@nachweis.example"}
    return Ask(path=_at("subscriptions:ask"), data=data, is_common=True)


def _unsubscribe(stage: Stage) -> Ask:
    """Elsewhere the answer is the same and ends nothing."""
    data = {"List-Unsubscribe": "One-Click"}
    return Ask(path=_at("subscriptions:unsubscribe", secret=_link(stage)), data=data, refused_with=(200,))


PROBES: dict[str, Probe] = {
    "GET subscriptions:ask": lambda _stage: Ask(path=_at("subscriptions:ask"), is_common=True),
    "POST subscriptions:ask": _ask,
    "GET subscriptions:asked": lambda _stage: Ask(path=_at("subscriptions:asked"), is_common=True),
    "GET subscriptions:manage": lambda stage: Ask(
        path=_at("subscriptions:manage", secret=_link(stage)), shows=True, refused_with=(410,)
    ),
    "POST subscriptions:manage": lambda stage: Ask(
        path=_at("subscriptions:manage", secret=_link(stage)), data=_WISH, refused_with=(410,)
    ),
    "POST subscriptions:confirm": lambda stage: Ask(
        path=_at("subscriptions:confirm", secret=_link(stage, is_confirmed=False)), refused_with=(410,)
    ),
    "POST subscriptions:pause": lambda stage: Ask(
        path=_at("subscriptions:pause", secret=_link(stage)), data={"pause": "an"}, refused_with=(410,)
    ),
    "GET subscriptions:unsubscribe": lambda stage: Ask(
        path=_at("subscriptions:unsubscribe", secret=_link(stage)), shows=True, refused_with=(410,)
    ),
    "POST subscriptions:unsubscribe": _unsubscribe,
}
