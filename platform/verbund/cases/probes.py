# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The status page as the owner of a link uses it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from types import MappingProxyType

from django.urls import reverse

from verbund.accounts.api import actor_for
from verbund.cases import spine
from verbund.cases.linked import CASE
from verbund.cases.linking import link_objects
from verbund.cases.models import Case, Relation, StatusLink
from verbund.cases.phases import Phase
from verbund.cases.status_links import VALID
from verbund.kernel import clock, ids
from verbund.kernel.probes import Ask, Probe, Stage

# A kind that keeps no rows of its own which would have to stand beside the case.
_KIND = "public.feedback"
_NOTHING: Mapping[str, str] = MappingProxyType({})


def _at(name: str, **arguments: object) -> str:
    return reverse(name, urlconf="verbund.config.urls.municipality", kwargs=arguments)


def _email(stage: Stage) -> str:
    return f"erika-{stage.canary}@nachweis.example"


def _case(stage: Stage) -> Case:
    facts = spine.Facts(
        subject=f"Vorgang {stage.canary}", state="WAITING", phase=Phase.OPEN, received_at=clock.now()
    )
    number = secrets.randbelow(10**8) + 10**8
    case = spine.open_case(kind=_KIND, facts=facts, at=clock.now(), reference=f"BF-{number}")
    spine.keep_contact(case, email=_email(stage))
    return case


def _link(stage: Stage) -> str:
    """The secret of a link to a page with one case on it."""
    stage.once("cases.case", _case)
    secret, now = secrets.token_urlsafe(32), clock.now()
    StatusLink.objects.create(
        secret_hash=ids.hash_of_secret(secret),
        email_index=spine.index_of(_email(stage)),
        made_at=now,
        expires_at=now + VALID,
    )
    return secret


def _ask(stage: Stage) -> Ask:
    """Anybody may ask anywhere; a link is sent only where the case is."""
    data = {"reference": _case(stage).reference, "email": _email(stage), "website": ""}
    return Ask(path=_at("cases:ask"), data=data, is_common=True)


def _reply(stage: Stage) -> Ask:
    """The office has asked nothing here: said, and nothing is written."""
    data = {"vorgang": _case(stage).reference, "text": f"Ja {stage.canary}"}
    return Ask(path=_at("cases:status", secret=_link(stage)), data=data, writes=False, refused_with=(410,))


def _worked_on(name: str, data: Mapping[str, str] = _NOTHING, *, shows: bool = False) -> Probe:
    def probe(stage: Stage) -> Ask:
        path = _at(f"cases-staff:{name}", reference=_case(stage).reference)
        return Ask(path=path, role="clerk", data=data, shows=shows)

    return probe


def _link_ends(stage: Stage) -> Ask:
    data = {"relation": Relation.RELATED.value, "to": _case(stage).reference}
    path = _at("cases-staff:link", reference=_case(stage).reference)
    return Ask(path=path, role="clerk", data=data)


def _unlink(stage: Stage) -> Ask:
    reference = _case(stage).reference
    made = link_objects(
        kind=CASE,
        key=reference,
        relation=Relation.PART,
        to=_case(stage).reference,
        by=actor_for(stage.person("clerk")),
        at=clock.now(),
    )
    return Ask(path=_at("cases-staff:unlink", reference=reference, link_id=made.pk), role="clerk", data={})


PROBES: dict[str, Probe] = {
    "GET cases:ask": lambda _stage: Ask(path=_at("cases:ask"), is_common=True),
    "POST cases:ask": _ask,
    "GET cases:asked": lambda _stage: Ask(path=_at("cases:asked"), is_common=True),
    "GET cases:status": lambda stage: Ask(
        path=_at("cases:status", secret=_link(stage)), shows=True, refused_with=(410,)
    ),
    "POST cases:status": _reply,
    "GET cases-staff:note": _worked_on("note", shows=True),
    "POST cases-staff:note": _worked_on("note", {"text": "Bitte nachfragen."}),
    "GET cases-staff:deadline": _worked_on("deadline", shows=True),
    "POST cases-staff:deadline": _worked_on(
        "deadline", {"working_days": "5", "reason": "Ersatzteil bestellt"}
    ),
    "GET cases-staff:link": _worked_on("link", shows=True),
    "POST cases-staff:link": _link_ends,
    "POST cases-staff:unlink": _unlink,
    "POST cases:end": lambda stage: Ask(path=_at("cases:end", secret=_link(stage)), refused_with=(410,)),
}
