# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How each page is visited: as whom, with which object, in which states.

Whoever adds a route adds a line here: a page to `PAGES`, everything else to `NO_PAGE` with what it is. The test fails
with the name of a route that stands in neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

HEIDEBLICK, LUCKAU, VERBUND = "heideblick.localhost", "luckau.localhost", "verbund.localhost"
NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """One look at a page. Values of ``args`` that begin with `made:` are looked up among the site's objects.

    ``typed`` fills fields by name and ``press`` sends their form; the page then shows its errors.
    """

    role: str = ""
    host: str = ""
    args: Mapping[str, str] = field(default_factory=lambda: NONE)
    query: str = ""
    status: int = 200
    typed: Mapping[str, str] = field(default_factory=lambda: NONE)
    press: str = ""
    name: str = "filled"
    path: str = ""


def errors(
    role: str = "", *, press: str = "main form[method=post] button[type=submit]:visible", **options: object
) -> Visitor:
    """The same page after an empty or wrong form was sent."""
    return Visitor(role=role, press=press, name="errors", **options)  # type: ignore[arg-type]  # fields by name


def empty(role: str = "", **options: object) -> Visitor:
    """The same page where nothing has happened yet: Luckau."""
    return Visitor(role=role, host=LUCKAU, name="empty", **options)  # type: ignore[arg-type]  # fields by name


ADMIN, CLERK, OPERATOR, FINANCE, AUDITOR = "administrator", "clerk", "operator", "finance", "auditor"
_WRONG_MAIL = MappingProxyType({"email": "kaputt"})
_REPORT = MappingProxyType({"reference": "made:report"})
_WORK = MappingProxyType({"reference": "made:staff_report"})
_PLACE = MappingProxyType({"reference": "made:place"})
_VERSION = MappingProxyType({"version_id": "made:version"})
_ACCOUNT = {"account_own": "", "mfa_index": "", "account_factor_needed": "", "account_reauthenticate": ""}

_INCIDENT = MappingProxyType(
    {
        "noticed_at": "22.11.2026 09:05",
        "since": "01.01.2026 00:00",
        "until": "31.12.2027 00:00",
        "description": "Ein Notebook ist gestohlen worden.",
    }
)

MUNICIPALITY: dict[str, list[Visitor]] = {
    "public:start": [Visitor(), empty()],
    "public:barrier-feedback": [Visitor(), errors(typed=_WRONG_MAIL)],
    "public:barrier-feedback-sent": [Visitor()],
    "public:impressum": [Visitor()],
    "public:datenschutz": [Visitor()],
    "public:barrierefreiheit": [Visitor()],
    "public:kontakt": [Visitor()],
    "public:leichte-sprache": [Visitor(status=404, name="not yet")],
    "public:gebaerdensprache": [Visitor()],
    "public-staff:pages": [Visitor(role=ADMIN)],
    "public-staff:contact": [Visitor(role=ADMIN), errors(ADMIN, typed=_WRONG_MAIL)],
    "public-staff:page": [
        Visitor(role=ADMIN, args={"kind": "kontakt"}),
        empty(ADMIN, args={"kind": "leichte-sprache"}),
        errors(ADMIN, args={"kind": "kontakt"}, typed={"body": "{quatsch}"}, press="button[value=speichern]"),
        Visitor(
            role=ADMIN,
            args={"kind": "kontakt"},
            typed={"body": "## Neu"},
            press="button[value=vorschau]",
            name="preview",
        ),
    ],
    "mail_pages-staff:overview": [Visitor(role=ADMIN), empty(ADMIN)],
    "mail_pages-staff:server": [Visitor(role=ADMIN), empty(ADMIN)],
    "mail_pages-staff:text": [
        Visitor(role=ADMIN, args={"template": "defects/news"}),
        errors(
            ADMIN,
            args={"template": "defects/news"},
            typed={"body": "Guten Tag {quatsch}"},
            press="button[value=speichern]",
        ),
        Visitor(
            role=ADMIN,
            args={"template": "defects/news"},
            press="button[value=vorschau]",
            name="preview",
        ),
    ],
    "public-staff:version": [Visitor(role=ADMIN, args={"kind": "kontakt", "number": "2"})],
    "public-staff:feedback": [
        Visitor(role=CLERK, args={"feedback_id": "made:feedback"}),
        errors(CLERK, args={"feedback_id": "made:feedback"}),
    ],
    "search:results": [Visitor(query="?q=Laterne"), empty(query="?q=Laterne")],
    "search-staff:results": [Visitor(role=CLERK, query="?q=Laterne")],
    "cases-staff:note": [errors(CLERK, args=_REPORT)],
    "cases-staff:deadline": [
        Visitor(role=CLERK, args=_REPORT),
        errors(CLERK, args=_REPORT, typed={"working_days": "3"}),
    ],
    "cases-staff:link": [errors(CLERK, args=_REPORT)],
    "cases:ask": [Visitor(), errors(typed=_WRONG_MAIL)],
    "cases:asked": [Visitor()],
    "cases:status": [
        Visitor(args={"secret": "made:status_link"}),
        errors(args={"secret": "made:status_link"}, typed={"text": " "}, press="main form[data-form] button"),
        Visitor(args={"secret": "alt"}, status=410, name="spent"),
    ],
    "subscriptions:ask": [Visitor(), errors(typed=_WRONG_MAIL)],
    "subscriptions:asked": [Visitor()],
    "subscriptions:manage": [
        Visitor(args={"secret": "made:subscription"}),
        Visitor(args={"secret": "made:unconfirmed_subscription"}, name="to confirm"),
        Visitor(args={"secret": "alt"}, status=410, name="spent"),
    ],
    "subscriptions:unsubscribe": [
        Visitor(args={"secret": "made:subscription"}),
        Visitor(args={"secret": "made:ended_subscription"}, press="main form button", name="ended"),
    ],
    "staff-staff:archives": [
        Visitor(role=ADMIN),
        empty(ADMIN),
        errors(ADMIN, typed={"receiver": "kaputt"}),
        Visitor(role=CLERK, status=403, name="forbidden"),
    ],
    "staff-staff:inbox": [
        Visitor(role=CLERK),
        empty(CLERK),
        Visitor(role=CLERK, query="?q=gibtsnicht", name="nothing found"),
        Visitor(role="guest", name="guest"),
        Visitor(role=CLERK, query="?ansicht=wiedervorlage", name="put off"),
        Visitor(
            role=CLERK,
            query="?q=M-",
            typed={"ansicht-name": ""},
            press="form[action$='/ansichten/'] button",
            name="errors",
        ),
    ],
    "staff-staff:deputies": [
        Visitor(role=CLERK),
        empty(CLERK),
        errors(ADMIN),
        Visitor(role="guest", name="guest"),
    ],
    "audit_pages-staff:entries": [
        Visitor(role=ADMIN),
        Visitor(role=ADMIN, query="?von=02.01.2026&bis=01.01.2026", name="errors"),
        Visitor(role=ADMIN, query="?objekt=gibtsnicht", name="nothing found"),
        Visitor(role=CLERK, status=403, name="forbidden"),
    ],
    "privacy-staff:requests": [Visitor(role=ADMIN), empty(ADMIN)],
    "privacy-staff:request-new": [errors(ADMIN)],
    "privacy-staff:request": [
        Visitor(role=ADMIN, args={"reference": "made:erasure"}),
        Visitor(role=ADMIN, args={"reference": "made:answered"}, name="answered"),
    ],
    "privacy-staff:request-erase": [Visitor(role=ADMIN, args={"reference": "made:erasure"})],
    "privacy-staff:incident": [
        Visitor(role=ADMIN, typed=_INCIDENT, press="button[value=ansehen]", name="looked"),
        errors(ADMIN, press="button[value=ansehen]"),
    ],
    "privacy-staff:record": [Visitor(role=ADMIN), Visitor(role=CLERK, status=403, name="forbidden")],
    "privacy-staff:periods": [Visitor(role=ADMIN), empty(ADMIN)],
    "privacy-staff:period": [errors(ADMIN, args={"slug": "defects.report"}, typed={"months": "500"})],
    "privacy-staff:offers": [Visitor(role=ADMIN), empty(ADMIN)],
    "privacy-staff:offer": [Visitor(role=ADMIN, args={"number": "made:offer"})],
    "privacy-staff:offer-duty": [errors(ADMIN, args={"slug": "defects.report"}, typed={"months": "90"})],
    "privacy-staff:hold": [errors(CLERK, args=_WORK)],
    "billing-staff:usage-proof": [
        Visitor(role=ADMIN),
        Visitor(role=ADMIN, query="?monat=2026-10", name="late"),
    ],
    "billing-staff:usage": [Visitor(role=ADMIN), Visitor(role=ADMIN, query="?monat=2020-01", name="empty")],
    "billing-staff:costs": [
        Visitor(role="treasurer"),
        empty("treasurer"),
        Visitor(role=CLERK, status=403, name="forbidden"),
    ],
    "billing-staff:documents": [
        Visitor(role="treasurer"),
        empty("treasurer"),
        Visitor(role=CLERK, status=403, name="forbidden"),
    ],
    "billing-staff:thresholds": [
        Visitor(role="treasurer"),
        empty("treasurer"),
        errors("treasurer", press="main form[data-form] button[type=submit]"),
    ],
    "billing-staff:usage-day": [
        Visitor(role=ADMIN, args={"meter": "defects.reports", "day": "2026-10-12"}),
        Visitor(role=ADMIN, args={"meter": "http.requests", "day": "2026-10-12"}, name="shared"),
    ],
    "billing-staff:statement": [
        Visitor(role="treasurer", args={"month": "2025-12"}),
        Visitor(role="treasurer", args={"month": "2020-01"}, status=404, name="not there"),
    ],
    "agreements-staff:own": [
        Visitor(role=ADMIN),
        empty(ADMIN),
        Visitor(role=CLERK, status=403, name="forbidden"),
    ],
    "agreements-staff:agree": [
        Visitor(role=ADMIN, args=_VERSION),
        errors(ADMIN, args=_VERSION, typed={"name": "Otto Anders", "function": "Amtsleiter"}),
    ],
    "announcements-staff:listing": [Visitor(role=CLERK), empty(CLERK)],
    "support-staff:overview": [
        Visitor(role=ADMIN),
        empty(ADMIN),
        Visitor(role="guest", status=403, name="guest"),
    ],
    "support-staff:entrance": [
        Visitor(args={"secret": "made:support_link"}),
        Visitor(args={"secret": "alt"}, status=410, name="spent"),
    ],
    "support-staff:ended": [Visitor()],
    "accounts-staff:people": [Visitor(role=ADMIN), empty(ADMIN)],
    "accounts-staff:invite": [Visitor(role=ADMIN), errors(ADMIN)],
    "accounts-staff:person": [Visitor(role=ADMIN, args={"person_id": "made:person"})],
    "accounts-staff:tokens": [
        Visitor(role=ADMIN),
        empty(ADMIN),
        errors(ADMIN, press="main form[data-form] button"),
    ],
    "places:place": [
        Visitor(args=_PLACE),
        Visitor(args={"reference": "O-9999"}, status=404, name="not there"),
        Visitor(args=_PLACE, role=CLERK, query="?ansicht=oeffentlich", name="at work"),
    ],
    "places-staff:list": [
        Visitor(role=CLERK),
        empty(CLERK),
        Visitor(role="field_worker", name="read only"),
        Visitor(role=CLERK, query="?q=gibtsnicht", name="nothing found"),
        Visitor(role="guest", status=403, name="guest"),
    ],
    "places-staff:new": [Visitor(role=CLERK), errors(CLERK)],
    "places-staff:place": [
        Visitor(role=CLERK, args=_PLACE),
        Visitor(role="field_worker", args={"reference": "made:retired_place"}, name="retired"),
    ],
    "places-staff:edit": [Visitor(role=CLERK, args=_PLACE), errors(CLERK, args=_PLACE, typed={"name": ""})],
    "places-staff:labels": [
        Visitor(role=CLERK),
        empty(CLERK),
        Visitor(role="field_worker", query="?nr=1", name="one"),
    ],
    "places-staff:boundary": [
        Visitor(role=ADMIN),
        empty(ADMIN),
        errors(ADMIN, press="main form[enctype] button[type=submit]"),
        Visitor(role=CLERK, status=403, name="forbidden"),
    ],
    "places-staff:addresses": [
        Visitor(role=ADMIN),
        empty(ADMIN),
        errors(ADMIN, press="main form[enctype] button[type=submit]"),
        Visitor(role=CLERK, status=403, name="forbidden"),
    ],
    "defects:list": [Visitor(), empty(), Visitor(query="?ampel=green", name="filtered")],
    "defects:place": [Visitor(), errors()],
    "defects:what": [Visitor(role="citizen"), errors("citizen", typed={"description": ""})],
    "defects:similar": [Visitor(role="citizen")],
    "defects:contact": [Visitor(role="citizen"), errors("citizen", typed=_WRONG_MAIL)],
    "defects:check": [Visitor(role="citizen")],
    "defects:receipt": [
        Visitor(args={"token": "made:receipt"}),
        Visitor(args={"token": "alt"}, status=404, name="spent"),
    ],
    "defects:confirm": [
        Visitor(args={"secret": "made:secret"}),
        Visitor(args={"secret": "alt"}, status=410, name="spent"),
    ],
    "defects:report": [Visitor(args=_WORK), Visitor(args=_REPORT, name="new")],
    "defects-staff:list": [Visitor(role=CLERK), empty(CLERK)],
    "defects-staff:settings": [Visitor(role=ADMIN)],
    "defects-staff:category": [Visitor(role=ADMIN, args={"code": "made:category"})],
    "defects-staff:report": [
        Visitor(role=CLERK, args=_REPORT),
        Visitor(role=ADMIN, args=_WORK, name="worked on"),
    ],
    "defects-staff:redact": [
        Visitor(role=CLERK, args={**_REPORT, "photo_id": "made:photo"}),
        errors(CLERK, args={**_REPORT, "photo_id": "made:photo"}, typed={"boxes": "links oben"}),
    ],
    "defects-staff:hand-over": [Visitor(role=CLERK, args=_REPORT)],
    "defects-staff:hand-back": [errors(CLERK, args={"reference": "made:handed_report"})],
}
ASSOCIATION: dict[str, list[Visitor]] = {
    "console-association:overview": [Visitor(role=OPERATOR), Visitor(role=AUDITOR, name="read only")],
    "console-association:tenants": [
        Visitor(role=OPERATOR),
        Visitor(role=OPERATOR, query="?q=gibtsnicht", name="nothing found"),
    ],
    "console-association:tenant-new": [
        Visitor(role=OPERATOR),
        Visitor(role=OPERATOR, query="?q=dahme", name="found"),
        Visitor(role=OPERATOR, query="?schluessel=120725204", name="prefilled"),
        errors(OPERATOR, press=".vb-form__actions button[value=pruefen]"),
        Visitor(
            role=OPERATOR,
            query="?schluessel=12061332",
            typed={"admin_email": "it@maerkisch-buchholz.example"},
            press=".vb-form__actions button[value=pruefen]",
            name="plan",
        ),
        Visitor(role=FINANCE, status=403, name="forbidden"),
    ],
    "console-association:tenant": [
        Visitor(role=OPERATOR, args={"slug": "heideblick"}),
        Visitor(role=OPERATOR, args={"slug": "made:suspended"}, name="suspended"),
    ],
    "console-association:progress": [
        Visitor(role=OPERATOR, args={"slug": "heideblick"}, name="done"),
        Visitor(role=OPERATOR, args={"slug": "bestensee"}, name="waiting"),
        Visitor(role=OPERATOR, args={"slug": "eichwalde"}, name="failed"),
    ],
    "console-association:suspend": [
        Visitor(role=OPERATOR, args={"slug": "heideblick"}),
        errors(OPERATOR, args={"slug": "heideblick"}),
    ],
    "console-association:change": [
        Visitor(role=OPERATOR, args={"slug": "heideblick"}),
        errors(OPERATOR, args={"slug": "heideblick"}, typed={"hosts": "kaputt"}),
    ],
    "console-association:doctor": [Visitor(role=OPERATOR, args={"slug": "heideblick"})],
    "console-association:discard": [Visitor(role=OPERATOR, args={"slug": "eichwalde"})],
    "console-association:job": [
        Visitor(role=OPERATOR, args={"job_id": "made:waiting_job"}),
        Visitor(role=OPERATOR, args={"job_id": "made:failed_job"}, name="failed"),
    ],
    "console-association:resume": [Visitor(role=OPERATOR, args={"slug": "made:suspended"})],
    "console-association:keys": [Visitor(role=OPERATOR), Visitor(role=AUDITOR, name="read only")],
    "console-association:leave": [
        Visitor(role=OPERATOR, args={"slug": "heideblick"}),
        errors(OPERATOR, args={"slug": "heideblick"}),
    ],
    "console-association:backups": [
        Visitor(role=OPERATOR, args={"slug": "heideblick"}),
        Visitor(role=AUDITOR, args={"slug": "luckau"}, name="empty"),
    ],
    "console-association:backup-restore": [
        Visitor(role=OPERATOR, args={"slug": "heideblick", "run_id": "made:backup"}),
        errors(OPERATOR, args={"slug": "heideblick", "run_id": "made:backup"}),
    ],
    "console-association:departure": [
        Visitor(role=OPERATOR, args={"number": "made:leaving"}, name="grace"),
        Visitor(role=OPERATOR, args={"number": "made:gone"}, name="finished"),
    ],
    "console-association:usage": [
        Visitor(role=FINANCE),
        Visitor(role=FINANCE, query="?art=technik", name="technical"),
        Visitor(role=FINANCE, query="?monat=2020-01", name="empty"),
    ],
    "billing-association:items": [
        Visitor(role=FINANCE),
        Visitor(role=FINANCE, query="?art=ueberfaellig", name="late"),
        errors(FINANCE),
    ],
    "billing-association:payment": [
        Visitor(role=FINANCE, args={"payment_id": "made:payment"}),
        errors(FINANCE, args={"payment_id": "made:payment"}),
    ],
    "billing-association:postings": [Visitor(role=FINANCE), errors(FINANCE)],
    "billing-association:members": [Visitor(role=FINANCE), Visitor(role=AUDITOR, name="read only")],
    "billing-association:member": [
        Visitor(role=FINANCE, args={"slug": "heideblick"}),
        errors(FINANCE, args={"slug": "heideblick"}, typed=MappingProxyType({"leitweg_id": "12-X-99"})),
    ],
    "billing-association:membership": [
        Visitor(role=FINANCE, args={"slug": "heideblick"}),
        Visitor(role=AUDITOR, args={"slug": "luckau"}, name="read only"),
    ],
    "billing-association:membership-add": [
        Visitor(role=FINANCE, args={"slug": "heideblick"}),
        errors(FINANCE, args={"slug": "heideblick"}, typed=MappingProxyType({"first": "01.10.2026"})),
    ],
    "billing-association:membership-end": [
        Visitor(role=FINANCE, args={"slug": "heideblick", "membership_id": "made:membership"}),
        errors(
            FINANCE,
            args={"slug": "heideblick", "membership_id": "made:membership"},
            typed=MappingProxyType({"last": "01.01.1999"}),
        ),
    ],
    "billing-association:advances-set": [
        Visitor(role=FINANCE, args={"slug": "heideblick"}),
        errors(FINANCE, args={"slug": "heideblick"}),
    ],
    "billing-association:rejected": [
        Visitor(role=FINANCE),
        Visitor(role=FINANCE, query="?system=leer", name="nothing"),
        Visitor(role=OPERATOR, status=403, name="forbidden"),
    ],
    "billing-association:issuer": [
        Visitor(role=FINANCE),
        errors(FINANCE, typed=MappingProxyType({"iban": "DE00"})),
    ],
    "billing-association:members-read": [
        Visitor(role=FINANCE),
        Visitor(
            role=FINANCE,
            press="button[value=pruefen]",
            typed=MappingProxyType(
                {
                    "content": "Kürzel;Name;Straße;PLZ;Ort;Leitweg-ID;Kundennummer;E-Mail\nluckau;Luckau;Markt 1;15926;Luckau;;L-1;"
                }
            ),
            name="checked",
        ),
        errors(
            FINANCE, press="button[value=pruefen]", typed=MappingProxyType({"content": "Kürzel;Name\nx;y"})
        ),
    ],
    "billing-association:population": [Visitor(role=FINANCE), errors(FINANCE)],
    "billing-association:accounts": [Visitor(role=FINANCE, query="?vorschlag=70001")],
    "billing-association:profile": [
        Visitor(role=FINANCE, args={"slug": "hkr-csv"}),
        Visitor(role=FINANCE, args={"slug": "datev-extf"}, name="datev"),
        errors(
            FINANCE,
            press="button[value=speichern]",
            args={"slug": "hkr-csv"},
            typed=MappingProxyType({"title": ""}),
        ),
    ],
    "console-association:usage-days": [
        Visitor(role=FINANCE, args={"slug": "heideblick", "meter": "http.requests"})
    ],
    "console-association:usage-day": [
        Visitor(role=FINANCE, args={"slug": "heideblick", "meter": "http.requests", "day": "2026-10-12"})
    ],
    "billing-association:keys": [Visitor(role=FINANCE), Visitor(role=AUDITOR, name="read only")],
    "billing-association:key-version": [
        Visitor(role=FINANCE, args={"key": "misch", "number": "1"}),
    ],
    "billing-association:budget": [
        Visitor(role=FINANCE, args={"year": "2027"}, query="?plus-netz=2,5"),
        Visitor(role=FINANCE, args={"year": "2027"}, query="?plus-netz=viel", name="errors"),
        Visitor(role=OPERATOR, args={"year": "2027"}, status=403, name="forbidden"),
    ],
    "billing-association:budget-member": [Visitor(role=FINANCE, args={"year": "2027", "slug": "heideblick"})],
    "billing-association:key-trial": [
        Visitor(
            role=FINANCE,
            args={"key": "misch"},
            query="?zeitraum=2026&gewicht1=20&teil1=equal&gewicht2=80&teil2=usage:http.requests",
            name="tried",
        ),
        Visitor(role=AUDITOR, args={"key": "misch"}, name="read only"),
        errors(FINANCE, args={"key": "misch"}),
    ],
    "billing-association:months": [
        Visitor(role=FINANCE),
        Visitor(role=OPERATOR, status=403, name="forbidden"),
    ],
    "billing-association:collection": [
        Visitor(role=FINANCE),
        Visitor(role=AUDITOR, name="read only"),
    ],
    "billing-association:debit-returned": [Visitor(role=FINANCE), errors(FINANCE)],
    "billing-association:creditor": [Visitor(role=FINANCE), errors(FINANCE, typed={"iban": "DE00"})],
    "billing-association:mandate-new": [Visitor(role=FINANCE), errors(FINANCE)],
    "billing-association:mandate-end": [Visitor(role=FINANCE, args={"number": "made:mandate"})],
    "billing-association:year": [
        Visitor(role=FINANCE),
        Visitor(role=AUDITOR, query="?zeilen=dienste&jahr=2025", name="services"),
    ],
    "billing-association:month": [
        Visitor(role=FINANCE, args={"month": "2026-10"}),
        Visitor(role=FINANCE, args={"month": "2026-10"}, query="?kostenstelle=netz", name="cost centre"),
        Visitor(role=AUDITOR, args={"month": "2026-10"}, name="read only"),
        Visitor(role=FINANCE, args={"month": "2026-09"}, name="blocked"),
    ],
    "billing-association:member-statement": [
        Visitor(role=FINANCE, args={"month": "2026-10", "slug": "heideblick"})
    ],
    "billing-association:approve": [Visitor(role=FINANCE, args={"month": "2026-10"})],
    "billing-association:discard": [
        Visitor(role=FINANCE, args={"month": "2026-10"}),
        errors(FINANCE, args={"month": "2026-10"}),
    ],
    "billing-association:stop-waiting": [Visitor(role=FINANCE, args={"month": "2026-09"})],
    "billing-association:withdraw": [Visitor(role=FINANCE, args={"month": "2025-12"})],
    "billing-association:close": [Visitor(role=FINANCE, args={"month": "2025-07"})],
    "billing-association:issue-preview": [
        Visitor(role=FINANCE, args={"month": "2026-10"}),
        Visitor(role=FINANCE, args={"month": "2025-12"}, name="approved"),
        Visitor(role=AUDITOR, args={"month": "2025-12"}, name="read only"),
    ],
    "billing-association:issue": [Visitor(role=FINANCE, args={"month": "2025-12"})],
    "billing-association:documents": [
        Visitor(role=FINANCE),
        Visitor(role=FINANCE, query="?monat=2025-11", name="month"),
        Visitor(role=FINANCE, query="?nummer=RE-1999", name="nothing found"),
        Visitor(role=OPERATOR, status=403, name="forbidden"),
    ],
    "billing-association:document": [
        Visitor(role=FINANCE, args={"number": "made:document"}),
        Visitor(role=AUDITOR, args={"number": "made:cancelled"}, name="cancelled"),
    ],
    "billing-association:document-cancel": [
        Visitor(role=FINANCE, args={"number": "made:document"}),
        errors(FINANCE, args={"number": "made:document"}),
    ],
    "billing-association:issue-run": [
        Visitor(role=FINANCE, args={"month": "2025-10", "number": "made:run_failed"}, name="failed"),
        Visitor(role=FINANCE, args={"month": "2025-11", "number": "made:run_done"}),
        Visitor(role=FINANCE, args={"month": "2025-12", "number": "made:run_waiting"}, name="waiting"),
    ],
    "billing-association:costs": [
        Visitor(role=FINANCE),
        Visitor(role=AUDITOR, query="?zeitraum=2026-q4", name="read only"),
    ],
    "billing-association:cost-enter": [Visitor(role=FINANCE), errors(FINANCE)],
    "billing-association:costs-read": [
        Visitor(role=FINANCE),
        Visitor(
            role=FINANCE,
            press="button[value=pruefen]",
            typed=MappingProxyType({"content": "Kostenstelle;Monat;Betrag;Beleg\nrz;2026-12;7,00;ER 1"}),
            name="checked",
        ),
        errors(
            FINANCE,
            press="button[value=pruefen]",
            typed=MappingProxyType({"content": "Kostenstelle;Monat;Betrag;Beleg\nxx;2026-12;sieben;ER 1"}),
        ),
    ],
    "billing-association:cost-replace": [
        Visitor(role=FINANCE, args={"cost_id": "made:cost"}),
        errors(FINANCE, args={"cost_id": "made:cost"}, typed=MappingProxyType({"cents": ""})),
    ],
    "billing-association:cost-centre-add": [Visitor(role=FINANCE), errors(FINANCE)],
    "billing-association:cost-centre": [
        Visitor(role=FINANCE, args={"code": "rz"}),
        Visitor(role=AUDITOR, args={"code": "netz"}, name="read only"),
    ],
    "billing-association:cost-centre-end": [Visitor(role=FINANCE, args={"code": "rz"})],
    "billing-association:corrections": [
        Visitor(role=FINANCE),
        Visitor(role=FINANCE, query="?stand=nachzuegler", name="late"),
        Visitor(role=AUDITOR, query="?stand=gebucht", name="read only"),
    ],
    "billing-association:correction-ask": [
        Visitor(role=FINANCE, args={"kind": "zaehler"}),
        Visitor(role=FINANCE, args={"kind": "betrag"}, name="amount"),
        errors(FINANCE, args={"kind": "kosten"}),
    ],
    "billing-association:correction": [
        Visitor(role=FINANCE, args={"adjustment_id": "made:correction"}),
        Visitor(role=AUDITOR, args={"adjustment_id": "made:correction"}, name="read only"),
    ],
    "billing-association:correction-approve": [
        Visitor(role=FINANCE, args={"adjustment_id": "made:correction"})
    ],
    "billing-association:correction-withdraw": [
        Visitor(role=FINANCE, args={"adjustment_id": "made:correction"})
    ],
    "billing-association:late": [
        Visitor(role=FINANCE, args={"month": "2026-10", "slug": "heideblick", "meter": "mail.sent"}),
        errors(
            FINANCE,
            args={"month": "2026-10", "slug": "heideblick", "meter": "mail.sent"},
            typed=MappingProxyType({"reason": ""}),
        ),
    ],
    "billing-association:prices": [Visitor(role=FINANCE), Visitor(role=AUDITOR, name="read only")],
    "billing-association:service-add": [Visitor(role=FINANCE), errors(FINANCE)],
    "billing-association:service": [
        Visitor(role=FINANCE, args={"code": "post"}),
        Visitor(role=AUDITOR, args={"code": "umlage"}, name="without prices"),
    ],
    "billing-association:regime-add": [
        Visitor(role=FINANCE, args={"code": "post"}),
        errors(FINANCE, args={"code": "post"}),
    ],
    "billing-association:price-add": [
        Visitor(role=FINANCE, args={"code": "post"}),
        errors(FINANCE, args={"code": "post"}),
    ],
    "agreements-association:overview": [
        Visitor(role=OPERATOR),
        Visitor(role=AUDITOR, query="?stand=fehlt", name="read only"),
    ],
    "agreements-association:publish": [Visitor(role=OPERATOR), errors(OPERATOR)],
    "agreements-association:member": [
        Visitor(role=OPERATOR, args={"slug": "heideblick"}),
        Visitor(role=OPERATOR, args={"slug": "eichwalde"}, name="without"),
        errors(OPERATOR, args={"slug": "eichwalde"}),
    ],
    "announcements-association:listing": [Visitor(role=OPERATOR), Visitor(role=AUDITOR, name="read only")],
    "announcements-association:write": [
        Visitor(role=OPERATOR),
        errors(OPERATOR, press="button[value=veroeffentlichen]"),
        Visitor(
            role=OPERATOR,
            typed={"title": "Wartung am Sonntag", "body": "Von **8 bis 10 Uhr** ist alles langsamer."},
            press="button.kern-btn[value=vorschau]",
            name="preview",
        ),
    ],
    "support-association:accesses": [
        Visitor(role=OPERATOR, args={"slug": "heideblick"}),
        Visitor(role=AUDITOR, args={"slug": "luckau"}, name="empty"),
    ],
    "support-association:ask": [
        Visitor(role=OPERATOR, args={"slug": "luckau"}),
        errors(OPERATOR, args={"slug": "luckau"}),
    ],
    "accounts-association:reach": [Visitor(role=OPERATOR, args={"person_id": "made:finance"})],
    "public-association:impressum": [Visitor(), Visitor(role=OPERATOR, name="at work")],
    "public-association:datenschutz": [Visitor()],
    "public-association:barrierefreiheit": [Visitor()],
    "public-association:kontakt": [Visitor()],
    "public-association:leichte-sprache": [Visitor(status=404, name="not yet")],
    "public-association:gebaerdensprache": [Visitor(status=404, name="not yet")],
    "public-association:barrier-feedback": [Visitor(), errors(typed=_WRONG_MAIL)],
    "public-association:barrier-feedback-sent": [Visitor()],
    "public-association:pages": [
        Visitor(role=OPERATOR),
        Visitor(role=FINANCE, status=403, name="forbidden"),
    ],
    "public-association:contact": [Visitor(role=OPERATOR), errors(OPERATOR, typed=_WRONG_MAIL)],
    "public-association:page": [
        Visitor(role=OPERATOR, args={"kind": "kontakt"}),
        errors(
            OPERATOR, args={"kind": "kontakt"}, typed={"body": "{quatsch}"}, press="button[value=speichern]"
        ),
    ],
    "public-association:version": [Visitor(role=OPERATOR, args={"kind": "kontakt", "number": "1"})],
    "public-association:feedback": [
        Visitor(role=OPERATOR, args={"feedback_id": "made:association_feedback"})
    ],
    "audit_pages-association:entries": [Visitor(role=AUDITOR)],
    "accounts-association:people": [Visitor(role=OPERATOR)],
    "accounts-association:invite": [Visitor(role=OPERATOR), errors(OPERATOR)],
    "accounts-association:person": [Visitor(role=OPERATOR, args={"person_id": "1"})],
    "accounts-association:tokens": [Visitor(role=OPERATOR), errors(OPERATOR)],
}


def account_pages(role: str) -> dict[str, list[Visitor]]:
    """The pages under /konto/, the same on both hosts; ``role`` is who manages people there."""
    return {
        "account_own": [Visitor(role=role)],
        "account_login": [Visitor(), errors()],
        "account_logout": [Visitor(role=role)],
        "account_inactive": [Visitor()],
        "account_reauthenticate": [Visitor(role=role), errors(role)],
        "account_invitation": [Visitor(status=410, name="without link")],
        "account_change_password": [Visitor(role=role), errors(role)],
        "account_reset_password": [Visitor(), errors()],
        "account_reset_password_done": [Visitor()],
        "account_reset_password_from_key_done": [Visitor()],
        "account_reset_password_from_key": [Visitor(args={"uidb36": "5", "key": "alt"}, name="spent")],
        "mfa_index": [Visitor(role=role)],
        "account_factor_needed": [Visitor(role=role)],
        "mfa_activate_totp": [Visitor(role=role), errors(role)],
        "mfa_list_webauthn": [Visitor(role=role)],
        "mfa_add_webauthn": [Visitor(role=role)],
    }


_WITH_FACTORS = {
    "account_invitation": [Visitor(role="invited"), errors("invited"), Visitor(status=410, name="spent")],
    "account_reset_password_from_key": [
        Visitor(args={"uidb36": "5", "key": "alt"}, name="spent"),
        Visitor(args={"uidb36": "5", "key": "alt"}, path="made:reset_path", name="form"),
    ],
    "mfa_reauthenticate": [Visitor(role="with_factors")],
    "mfa_reauthenticate_webauthn": [Visitor(role="with_factors")],
    "mfa_deactivate_totp": [Visitor(role="with_factors")],
    "mfa_view_recovery_codes": [Visitor(role="with_factors")],
    "mfa_generate_recovery_codes": [Visitor(role="with_factors")],
    "mfa_index": [Visitor(role=ADMIN), Visitor(role="with_factors", name="with factors")],
    "mfa_list_webauthn": [Visitor(role=ADMIN), Visitor(role="with_factors", name="with factors")],
    "mfa_edit_webauthn": [Visitor(role="with_factors", args={"pk": "made:passkey"})],
    "mfa_remove_webauthn": [Visitor(role="with_factors", args={"pk": "made:passkey"})],
    "mfa_authenticate": [Visitor(role="at_second_step"), errors("at_second_step")],
}
PAGES: dict[str, dict[str, list[Visitor]]] = {
    "municipality": {**account_pages(ADMIN), **MUNICIPALITY, **_WITH_FACTORS},
    "association": {**account_pages(OPERATOR), **ASSOCIATION},
}
HOSTS = {"municipality": HEIDEBLICK, "association": VERBUND}

_POST, _FILE, _DATA = "changes something, answers POST only", "a file", "data for programs"
NO_PAGE: dict[str, str] = {
    "billing-staff:costs_listing": _FILE,
    "billing-staff:document-file": _FILE,
    "billing-staff:document-mail": _POST,
    "billing-staff:threshold_remove": _POST,
    "billing-staff:usage_listing": _FILE,
    "public:robots": _FILE,
    "web:theme": _FILE,
    "web-association:theme": _FILE,
    "files:photo": _FILE,
    "places:tile": _FILE,
    "places:tile-fine": _FILE,
    "places-association:tile": _FILE,
    "places-association:tile-fine": _FILE,
    "places:addresses": _DATA,
    "places:point": _DATA,
    **{f"places-staff:{name}": _DATA for name in ("points", "point", "boundary-outline")},
    **{
        f"places-staff:{verb}": _POST
        for verb in (
            "addresses-apply", "addresses-discard", "boundary-apply", "boundary-discard", "boundary-reset", "retire", "revive",
        )
    },
    "api-schema": _DATA,
    "audit_pages-staff:download": _FILE,
    "privacy-staff:record-pdf": _FILE,
    "privacy-staff:request-pdf": _FILE,
    **{f"privacy-staff:request-{verb}": _POST for verb in ("identity", "close")},
    "privacy-staff:hold-release": _POST,
    "privacy-staff:offer-download": _FILE,
    **{f"privacy-staff:offer-{verb}": _POST for verb in ("make", "handover")},
    "audit_pages-association:download": _FILE,
    "console-association:usage-download": _FILE,
    "billing-association:items-list": _FILE,
    "billing-association:preview-document": _FILE,
    "billing-association:documents-list": _FILE,
    "billing-association:documents-bundle": _FILE,
    "billing-association:document-file": _FILE,
    "billing-association:issue-rehearse": _POST,
    "billing-association:issue-run-fragment": _DATA,
    "billing-association:collect": _POST,
    "billing-association:collection-file": _FILE,
    "billing-association:year-list": _FILE,
    "billing-association:month-list": _FILE,
    "billing-association:costs-list": _FILE,
    "billing-association:late-reopen": _POST,
    "billing-association:cost-centre-resume": _POST,
    "billing-association:key-trial-list": _FILE,
    "billing-association:budget-list": _FILE,
    "billing-association:budget-next": "leads to billing-association:budget",
    "billing-association:posting-batch": _FILE,
    "billing-association:statement": _POST,
    "billing-association:postings-make": _POST,
    "billing-association:accounts-members": _POST,
    "billing-association:accounts-income": _POST,
    "billing-association:calculate": _POST,
    "console-association:progress-fragment": "part of console-association:progress",
    "console-association:deletion-record": _FILE,
    **{f"staff-staff:{verb}": _POST for verb in ("assign", "undo", "put-off", "save-view", "remove-view", "end-deputy")},
    "staff-staff:arrivals": "part of staff-staff:inbox",
    "staff-staff:archives-fragment": "part of staff-staff:archives",
    "staff-staff:archive-download": _FILE,
    "console-association:job-fragment": "part of console-association:job",
    "console-association:withdraw-change": _POST,
    "console-association:retry": _POST,
    "console-association:keys-fragment": "part of console-association:keys",
    "console-association:keys-renew": _POST,
    "console-association:keys-retry": _POST,
    "cases:end": _POST,
    "cases-staff:unlink": _POST,
    **{f"subscriptions:{verb}": _POST for verb in ("confirm", "pause")},
    "accounts-staff:change_stay": _POST,
    "public-staff:confirm": _POST,
    "mail_pages-staff:retry": _POST,
    "mail_pages-staff:server-remove": _POST,
    "mail_pages-staff:server-trial": _POST,
    "mail_pages-staff:supplied": _POST,
    "public-association:confirm": _POST,
    "public-association:feedback-close": _POST,
    "public-staff:feedback-close": _POST,
    "defects:points": _DATA,
    "defects:point": _DATA,
    "defects:draft-photo": _FILE,
    "defects:cancel": _POST,
    "agreements-association:record": _POST,
    **{f"support-staff:{verb}": _POST for verb in ("approval", "approve", "refuse", "revoke", "enter", "leave")},
    "support-association:end": _POST,
    "announcements-association:withdraw": _POST,
    "announcements-staff:dismiss": _POST,
    "support-association:link": "answers POST with the page of the link; tests/e2e/test_support.py looks at it",
    **{f"agreements-{area}:{kind}-file": _FILE for area in ("staff", "association") for kind in ("version", "agreement")},
    **{
        f"defects{host}:open311-{name}": _DATA
        for host in ("", "-association")
        for name in ("discovery", "services", "service", "requests", "request", "token")
    },
    **{f"defects-staff:{verb}": _POST for verb in ("step", "answer", "note", "assign", "release", "contact", "keep")},
    **{
        f"accounts-{area}:{verb}": _POST
        for area in ("staff", "association")
        for verb in (
            "renew_invitation", "change_role", "deactivate", "reactivate", "reset_factors", "end_sessions",
            "end_session", "adopt_token", "revoke_token", "policy",
        )
    },
    "account_accept_invitation": "leads to account_invitation",
    "account_end_session": _POST,
    "account_end_other_sessions": _POST,
    "mfa_login_webauthn": _DATA,
    "mfa_download_recovery_codes": _FILE,
}  # fmt: skip
# The same view on both hosts; it needs a person with factors, and only Heideblick has one here.
SEEN_IN_HEIDEBLICK = frozenset(_WITH_FACTORS) - frozenset(account_pages(ADMIN))
