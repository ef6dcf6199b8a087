# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an operator gives to onboard a municipality, and every reason to refuse it before anything is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.bodies_list import known_association_of_bodies, known_body
from tenants.models import Body, Host, Kind, Tenant
from verbund.kernel import registry
from verbund.kernel.errors import Invalid

SLUG = re.compile(r"[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?")
RESERVED = frozenset(
    [
        "verbund",
        "www",
        "api",
        "mail",
        "static",
        "public",
        "association",
        "ext",
        "admin",
        "verwaltung",
        "konto",
        "demo",
        "test",
        "localhost",
        "kacheln",
        "metrics",
        "status",
        "support",
        "hilfe",
        "ftp",
        "smtp",
        "imap",
        "ns",
        "ns1",
        "ns2",
        "autoconfig",
        "autodiscover",
        "oparl",
        "open311",
        "ogc",
        "vault",
    ]
)
_LONGEST_HOST = 253  # RFC 1035
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
PROFILES = {
    "standard": gettext_lazy("Standard"),
    "beispiel": gettext_lazy("Beispieltexte (nur zum Ausprobieren)"),
}


@dataclass(frozen=True, kw_only=True)
class BodyInput:
    ags: str
    name: str


@dataclass(frozen=True, kw_only=True)
class OnboardingInput:
    """One municipality to be. ``row`` is the line of the file it came from, 0 when it came alone."""

    slug: str
    name: str
    kind: str
    bodies: tuple[BodyInput, ...]
    hosts: tuple[str, ...]
    admin_email: str
    ars: str = ""
    profile: str = ""
    modules: tuple[str, ...] | None = None
    row: int = 0


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why an input is refused: where, what, and which way out."""

    field: str
    message: str
    row: int = 0


@dataclass
class Seen:
    """What earlier rows of the same file have taken."""

    slugs: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    ags: set[str] = field(default_factory=set)


class OnboardingRefused(Invalid):
    """Nothing was made; ``problems`` lists every reason of every row."""

    code = "onboarding_refused"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        fields: dict[str, str] = {}
        for problem in problems:
            fields[problem.field] = " ".join(filter(None, [fields.get(problem.field), problem.message]))
        super().__init__(_("Die Angaben zur neuen Kommune stimmen nicht."), fields=fields)


def default_profile() -> str:
    """Example texts in a demo, real ones elsewhere."""
    return "beispiel" if settings.VERBUND.mode != "production" else "standard"


def check(inputs: Iterable[OnboardingInput]) -> list[Problem]:
    """Every reason against these inputs; the association must be entered."""
    seen = Seen()
    problems: list[Problem] = []
    for item in inputs:
        for name, message in (
            *slug_reasons(item.slug, seen),
            *name_reasons(item.name),
            *_kind(item),
            *_bodies(item.bodies, seen),
            *_hosts(item.hosts, seen),
            *_email(item.admin_email),
            *_options(item),
        ):
            problems.append(Problem(field=name, message=message, row=item.row))
    return problems


Reasons = Iterable[tuple[str, str]]


def slug_reasons(slug: str, seen: Seen) -> Reasons:
    if SLUG.fullmatch(slug) is None or "--" in slug:
        yield (
            "slug",
            _(
                "Das Kürzel besteht aus a–z, 0–9 und einzelnen Bindestrichen, beginnt mit einem Buchstaben und hat höchstens 40 Zeichen."
            ),
        )
    elif slug in RESERVED:
        yield (
            "slug",
            _("Das Kürzel „%(slug)s“ ist reserviert. Bitte wählen Sie ein anderes.") % {"slug": slug},
        )
    elif slug in seen.slugs:
        yield "slug", _("Das Kürzel „%(slug)s“ steht mehrfach in der Datei.") % {"slug": slug}
    elif Tenant.objects.filter(slug=slug).exists():
        yield (
            "slug",
            _("Das Kürzel „%(slug)s“ ist schon vergeben. Bitte wählen Sie ein anderes.") % {"slug": slug},
        )
    seen.slugs.add(slug)


def name_reasons(name: str) -> Reasons:
    if not name.strip():
        yield "name", _("Bitte geben Sie den Namen der Kommune ein.")
    elif len(name) > Tenant._meta.get_field("name").max_length:  # noqa: SLF001 (Django's documented way)
        yield "name", _("Der Name ist zu lang.")


def _kind(item: OnboardingInput) -> Reasons:
    if item.kind not in Kind.values:
        yield "kind", _("Die Art ist gemeinde, stadt oder amt.")
        return
    yield from _amt(item) if item.kind == Kind.AMT else _single(item)


def _amt(item: OnboardingInput) -> Reasons:
    if not re.fullmatch(r"12[0-9]{7}", item.ars):
        yield "ars", _("Ein Amt hat einen Regionalschlüssel (ARS) mit 9 Ziffern, der mit 12 beginnt.")
        return
    association = known_association_of_bodies(item.ars)
    if association is None:
        yield (
            "ars",
            _("Ein Amt mit dem ARS %(ars)s gibt es im Gemeindeverzeichnis nicht.") % {"ars": item.ars},
        )
        return
    members = {body.ags for body in association.bodies}
    for body in item.bodies:
        if known_body(body.ags) is not None and body.ags not in members:
            yield (
                "body",
                _("Die Körperschaft %(ags)s gehört nicht zu diesem Amt: %(name)s.")
                % {"ags": body.ags, "name": association.name},
            )


def _single(item: OnboardingInput) -> Reasons:
    if len(item.bodies) > 1:
        yield "body", _("Nur ein Amt verwaltet mehrere Gemeinden.")
        return
    body = known_body(item.bodies[0].ags) if item.bodies else None
    if item.ars and not re.fullmatch(r"12[0-9]{10}", item.ars):
        yield "ars", _("Der Regionalschlüssel (ARS) einer Gemeinde hat 12 Ziffern und beginnt mit 12.")
    elif item.ars and body is not None and item.ars != body.ars:
        yield (
            "ars",
            _("Zum AGS %(ags)s gehört der Regionalschlüssel %(ars)s.") % {"ags": body.ags, "ars": body.ars},
        )


def _bodies(bodies: tuple[BodyInput, ...], seen: Seen) -> Reasons:
    if not bodies:
        yield "body", _("Bitte nennen Sie mindestens eine Körperschaft als AGS:NAME.")
    for body in bodies:
        reasons = list(body_reasons(body, seen))
        yield from reasons
        if not reasons and Body.objects.filter(ags=body.ags, valid_to=None).exists():
            yield "body", _("Die Körperschaft %(ags)s gehört schon zu einem Mitglied.") % {"ags": body.ags}


def body_reasons(body: BodyInput, seen: Seen) -> Reasons:
    """What is wrong with it in itself, whoever has it."""
    if not re.fullmatch(r"[0-9]{8}", body.ags):
        yield "body", _("„%(ags)s“ ist kein AGS: er hat 8 Ziffern.") % {"ags": body.ags}
    elif not body.ags.startswith("12"):
        yield "body", _("Der AGS %(ags)s liegt nicht in Brandenburg (Land 12).") % {"ags": body.ags}
    elif known_body(body.ags) is None:
        yield "body", _("Den AGS %(ags)s gibt es im Gemeindeverzeichnis nicht.") % {"ags": body.ags}
    elif not body.name.strip():
        yield "body", _("Zum AGS %(ags)s fehlt der Name.") % {"ags": body.ags}
    elif body.ags in seen.ags:
        yield "body", _("Der AGS %(ags)s ist doppelt angegeben.") % {"ags": body.ags}
    seen.ags.add(body.ags)


def _hosts(hosts: tuple[str, ...], seen: Seen) -> Reasons:
    if not hosts:
        yield "host", _("Bitte nennen Sie mindestens einen Host, unter dem die Seite erreichbar ist.")
    for host in hosts:
        reasons = list(host_reasons(host, seen))
        yield from reasons
        if not reasons and Host.objects.filter(domain=host).exists():
            yield "host", _("Der Host „%(host)s“ gehört schon zu einem Mitglied.") % {"host": host}


def host_reasons(host: str, seen: Seen) -> Reasons:
    """What is wrong with it in itself, whoever has it."""
    if not _is_allowed(host):
        yield "host", _("Der Host „%(host)s“ ist nicht erlaubt.") % {"host": host}
    elif host in seen.hosts:
        yield "host", _("Der Host „%(host)s“ ist doppelt angegeben.") % {"host": host}
    seen.hosts.add(host)


def _is_allowed(host: str) -> bool:
    labels = host.split(".")
    suffixes = settings.VERBUND.allowed_host_suffixes
    return (
        len(host) <= _LONGEST_HOST
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdigit()
        and host not in {settings.VERBUND.association_host, settings.VERBUND.base_domain}
        and labels[0] != "verbund"
        and (not suffixes or any(host.endswith(suffix) for suffix in suffixes))
    )


def _email(address: str) -> Reasons:
    try:
        validate_email(address)
    except ValidationError:
        yield "admin_email", _("„%(address)s“ ist keine gültige E-Mail-Adresse.") % {"address": address}


def _options(item: OnboardingInput) -> Reasons:
    if item.profile and item.profile not in PROFILES:
        yield (
            "profile",
            _("Das Profil „%(profile)s“ gibt es nicht. Es gibt: %(all)s.")
            % {"profile": item.profile, "all": ", ".join(PROFILES)},
        )
    if item.profile == "beispiel" and settings.VERBUND.mode == "production":
        yield "profile", _("Beispieltexte gibt es nur zum Ausprobieren.")
    known = {spec.slug for spec in registry.modules()}
    for module in item.modules or ():
        if module not in known:
            yield (
                "modules",
                _("Das Modul „%(module)s“ gibt es nicht. Es gibt: %(all)s.")
                % {"module": module, "all": ", ".join(sorted(known))},
            )
