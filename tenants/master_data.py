# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an operator wants to change of a member's master data, and every reason to refuse it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tenants import directory
from tenants.bodies_list import known_body
from tenants.models import Body, Host, MasterDataChange, Tenant
from tenants.onboarding_input import (
    BodyInput,
    Problem,
    Reasons,
    Seen,
    body_reasons,
    host_reasons,
    name_reasons,
    slug_reasons,
)
from verbund.kernel.errors import Invalid

_SINGLE_ARS = re.compile(r"12[0-9]{10}")
_AMT_ARS = re.compile(r"12[0-9]{7}")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The changes of one member; what is empty stays as it is. ``primary_host`` stands in links and e-mails."""

    takes_effect_on: date
    name: str = ""
    slug: str = ""
    ars: str = ""
    primary_host: str = ""
    add_hosts: tuple[str, ...] = ()
    drop_hosts: tuple[str, ...] = ()
    add_bodies: tuple[BodyInput, ...] = ()
    end_bodies: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        """As it is kept; only what changes."""
        found: dict[str, Any] = {
            "name": self.name,
            "slug": self.slug,
            "ars": self.ars,
            "primary_host": self.primary_host,
            "add_hosts": list(self.add_hosts),
            "drop_hosts": list(self.drop_hosts),
            "add_bodies": [{"ags": body.ags, "name": body.name} for body in self.add_bodies],
            "end_bodies": list(self.end_bodies),
        }
        return {name: value for name, value in found.items() if value}


class ChangeRefused(Invalid):
    """Nothing was changed; ``fields`` says why."""

    code = "change_refused"

    def __init__(self, problems: list[Problem]) -> None:
        fields: dict[str, str] = {}
        for problem in problems:
            fields[problem.field] = " ".join(filter(None, [fields.get(problem.field), problem.message]))
        super().__init__(_("Die Änderung der Stammdaten ist so nicht möglich."), fields=fields)


def wanted_of(change: MasterDataChange) -> Wanted:
    """A kept change again."""
    values = change.after
    return Wanted(
        takes_effect_on=change.takes_effect_on,
        name=values.get("name", ""),
        slug=values.get("slug", ""),
        ars=values.get("ars", ""),
        primary_host=values.get("primary_host", ""),
        add_hosts=tuple(values.get("add_hosts", ())),
        drop_hosts=tuple(values.get("drop_hosts", ())),
        add_bodies=tuple(BodyInput(**body) for body in values.get("add_bodies", ())),
        end_bodies=tuple(values.get("end_bodies", ())),
    )


def check(tenant: Tenant, wanted: Wanted) -> list[Problem]:
    """Every reason against it; the association must be entered."""
    seen = Seen()
    found = [
        *(slug_reasons(wanted.slug, seen) if wanted.slug and wanted.slug != tenant.slug else ()),
        *(name_reasons(wanted.name) if wanted.name else ()),
        *(_ars(tenant, wanted.ars) if wanted.ars else ()),
        *_hosts(tenant, wanted, seen),
        *_bodies(tenant, wanted, seen),
    ]
    return [Problem(field=field, message=message) for field, message in found]


def _ars(tenant: Tenant, ars: str) -> Reasons:
    pattern, digits = (_AMT_ARS, 9) if tenant.kind == "amt" else (_SINGLE_ARS, 12)
    if not pattern.fullmatch(ars):
        yield (
            "ars",
            _("Der Regionalschlüssel (ARS) hat hier %(digits)s Ziffern und beginnt mit 12.")
            % {"digits": digits},
        )


def _hosts(tenant: Tenant, wanted: Wanted, seen: Seen) -> Reasons:
    serving = {host.domain for host in directory.serving_hosts(tenant)}
    taken = set(
        Host.objects.filter(domain__in=wanted.add_hosts)
        .exclude(tenant=tenant)
        .values_list("domain", flat=True)
    )
    for host in wanted.add_hosts:
        yield from host_reasons(host, seen)
        if host in taken:
            yield "host", _("Der Host „%(host)s“ gehört schon zu einem Mitglied.") % {"host": host}
        elif host in serving:
            yield "host", _("Der Host „%(host)s“ führt schon hierher.") % {"host": host}
    for host in wanted.drop_hosts:
        if host not in serving:
            yield "host", _("Der Host „%(host)s“ gehört nicht zu dieser Kommune.") % {"host": host}
    after = (serving | set(wanted.add_hosts)) - set(wanted.drop_hosts)
    if not after:
        yield "host", _("Mindestens ein Host muss bleiben.")
    elif wanted.primary_host and wanted.primary_host not in after:
        yield (
            "host",
            _("Der Host „%(host)s“ kann nicht in Links stehen: Er führt dann nicht hierher.")
            % {"host": wanted.primary_host},
        )


def _bodies(tenant: Tenant, wanted: Wanted, seen: Seen) -> Reasons:
    day = wanted.takes_effect_on
    current = {body.ags for body in tenant.bodies.all() if body.valid_to is None or body.valid_to > day}
    for ags in wanted.end_bodies:
        if ags not in current:
            yield "body", _("Die Körperschaft %(ags)s gehört nicht zu dieser Kommune.") % {"ags": ags}
        elif any(body.ags == ags and body.valid_from >= day for body in tenant.bodies.all()):
            yield "body", _("Die Körperschaft %(ags)s kam erst an diesem Tag dazu.") % {"ags": ags}
    for body in wanted.add_bodies:
        yield from body_reasons(body, seen)
        if body.ags not in wanted.end_bodies and _is_taken(body.ags, day):
            yield (
                "body",
                _(
                    "Die Körperschaft %(ags)s gehört schon zu einem Mitglied. Lassen Sie sie dort zum selben Tag enden."
                )
                % {"ags": body.ags},
            )
    after = (current - set(wanted.end_bodies)) | {body.ags for body in wanted.add_bodies}
    if not after:
        yield "body", _("Mindestens eine Körperschaft muss bleiben.")
    elif len(after) > 1 and tenant.kind != "amt":
        yield "body", _("Nur ein Amt verwaltet mehrere Gemeinden.")


def _is_taken(ags: str, day: date) -> bool:
    """Whether somebody has it on that day, and no planned change of theirs ends it until then."""
    if not Body.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), ags=ags).exists():
        return False
    planned = MasterDataChange.objects.filter(applied_at=None, withdrawn_at=None, takes_effect_on__lte=day)
    return not any(ags in change.after.get("end_bodies", ()) for change in planned)


def body_row(body: BodyInput) -> dict[str, str]:
    """Name and ARS as the official list has them where nothing else was given."""
    known = known_body(body.ags)
    return {"ars": known.ars if known else "", "name": body.name.strip() or (known.name if known else "")}
