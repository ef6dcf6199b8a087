# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fills the site of the browser tests: people of every role with a session, and one object of each kind.

Heideblick is full, Luckau stays empty. Prints `{"made": …, "sessions": …}` as its last line.
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import django

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402
from allauth.mfa.totp.internal.auth import TOTP  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import Sum  # noqa: E402
from django.db.models.functions import TruncMonth  # noqa: E402
from django.test import Client  # noqa: E402

from billing.alerts.setting import set_threshold  # noqa: E402
from billing.closing.adjusting import correct_cost  # noqa: E402
from billing.closing.states import State as MonthState  # noqa: E402
from billing.collection.mandates import enter_mandate, set_creditor  # noqa: E402
from billing.costs.advances import set_advances  # noqa: E402
from billing.costs.booking import enter_cost  # noqa: E402
from billing.costs.models import Membership  # noqa: E402
from billing.ingest.receiving import receive  # noqa: E402
from billing.issuing.cancelling import cancel_document  # noqa: E402
from billing.issuing.models import Document  # noqa: E402
from billing.issuing.running import request_issue, run_issue  # noqa: E402
from billing.postings.exporting import export  # noqa: E402
from billing.receivables.models import Payment  # noqa: E402
from billing.receivables.payments import take_payments  # noqa: E402
from tenants import directory  # noqa: E402
from tenants.changes import request_change  # noqa: E402
from tenants.master_data import Wanted  # noqa: E402
from tenants.models import (  # noqa: E402
    ArchiveOrder,
    BackupKind,
    BackupRun,
    Departure,
    InPlaceRestoration,
    Tenant,
)
from tenants.onboarding import request_onboarding  # noqa: E402
from tenants.onboarding_input import BodyInput, OnboardingInput  # noqa: E402
from tests.accounts.soft_key import SoftKey  # noqa: E402
from tests.factories.accounts import PASSWORD, make_person  # noqa: E402
from tests.factories.agreements import make_version, signed  # noqa: E402
from tests.factories.announcements import make_announcement  # noqa: E402
from tests.factories.closing import (  # noqa: E402
    AT,
    NOON,
    NOVEMBER,
    OCTOBER,
    calculated,
    make_books,
    make_late,
)
from tests.factories.defects import make_report, middle, move  # noqa: E402
from tests.factories.documents import make_issuer, make_recipient  # noqa: E402
from tests.factories.exchange import handed_over_report  # noqa: E402
from tests.factories.ingest import make_event, make_producer  # noqa: E402
from tests.factories.metering import use  # noqa: E402
from tests.factories.privacy import make_requests  # noqa: E402
from tests.factories.privacy_periods import (  # noqa: E402
    close_long_ago,
    hold,
    make_offer,
)
from tests.factories.receivables import give_accounts, take  # noqa: E402
from tests.factories.sessions import ASSOCIATION_HOST, session_key  # noqa: E402
from tests.factories.statements import make_month  # noqa: E402
from tests.factories.subscriptions import ask_for, subscribe  # noqa: E402
from tests.factories.support import let_in, make_grant, make_operator, secret_of  # noqa: E402
from verbund.accounts.api import actor_for  # noqa: E402
from verbund.accounts.models import Person, Session  # noqa: E402
from verbund.accounts.roles import roles  # noqa: E402
from verbund.accounts.services.tokens import issue_token  # noqa: E402
from verbund.announcements.models import Kind  # noqa: E402
from verbund.cases.linking import link_objects  # noqa: E402
from verbund.cases.models import Relation, SavedView  # noqa: E402
from verbund.cases.status import ask_for_link  # noqa: E402
from verbund.files.redaction import Box  # noqa: E402
from verbund.jobs.models import Job, JobStep, State  # noqa: E402
from verbund.kernel import clock, context, registry  # noqa: E402
from verbund.kernel.actors import CITIZEN, SYSTEM, Actor  # noqa: E402
from verbund.kernel.context import Municipality  # noqa: E402
from verbund.metering.models import UsageArrival, UsageBacklog, UsageDay  # noqa: E402
from verbund.metering.periods import Period  # noqa: E402
from verbund.modules.defects.models import Report  # noqa: E402
from verbund.modules.defects.photos import redact_photo  # noqa: E402
from verbund.modules.defects.reporting import confirm_report  # noqa: E402
from verbund.modules.defects.states import State as ReportState  # noqa: E402
from verbund.notify.models import Outbox  # noqa: E402
from verbund.places.basemap import body_shapes  # noqa: E402
from verbund.places.boundaries import upload_boundary  # noqa: E402
from verbund.places.importing import upload_addresses  # noqa: E402
from verbund.places.models import Address, Place  # noqa: E402
from verbund.places.placing import retire_place  # noqa: E402
from verbund.places.shapes import to_geojson  # noqa: E402
from verbund.public.feedback import submit_feedback  # noqa: E402
from verbund.public.kinds import PageKind  # noqa: E402
from verbund.public.provision import make_association_examples  # noqa: E402
from verbund.public.services import confirm_page, write_page  # noqa: E402
from verbund.subscriptions.models import Rhythm  # noqa: E402
from verbund.support import grants  # noqa: E402
from verbund.support.models import Grant  # noqa: E402

_ADDRESSES = """street;number;postcode;place;lat;lon
Dorfweg;1;15926;Heideblick;51.81;13.62
Dorfweg;;15926;Heideblick;51.81;13.62
Dorfweg;3;15926;Heideblick;13.62;51.81
"""


def main() -> None:
    members = {municipality.slug: municipality for municipality in directory.active()}
    made: dict[str, Any] = {}
    sessions: dict[str, str] = {}
    for municipality in members.values():
        sessions |= _people(context.enter(municipality), municipality.hosts[0])
    sessions |= _people(context.enter_association(), ASSOCIATION_HOST)
    with context.enter(members["heideblick"]):
        made |= _heideblick(members["heideblick"])
        set_threshold(
            meter="",
            amount=2_000_00,
            told=[Person.objects.get(role="treasurer").pk],
            by=SYSTEM,
            at=clock.now(),
        )
    with context.enter_association():
        _usage(members)
        made |= _books(members)
        _statements(members["heideblick"])
        made |= _documents()
        made |= _onboardings()
        made["version"] = _agreements(members)
        _announcements(members["heideblick"])
        made |= _support(members["heideblick"], sessions)
        made["finance"] = Person.objects.filter(role="finance").earliest("pk").pk
        made |= _departures()
        _archives(members["heideblick"])
        made["association_feedback"] = _texts()
        made["backup"] = _backups()
        made["payment"] = _money()
        made["mandate"] = _mandate()
    for role in ("citizen", "with_factors", "invited"):
        sessions[f"heideblick.localhost/{role}"] = made.pop(role)
    sys.stdout.write(json.dumps({"made": made, "sessions": sessions}) + "\n")


def _people(entered: AbstractContextManager[object], host: str) -> dict[str, str]:
    with entered:
        names = {
            "administrator": "Ada Amtmann",
            "clerk": "Clara Beier",
            "field_worker": "Bernd Bauhof",
            "treasurer": "Karla Kasse",
        }
        return {
            f"{host}/{role.slug}": session_key(
                make_person(role.slug, name=names.get(role.slug, f"Vera {role.slug}"))
            )
            for role in roles()
        }


def _heideblick(municipality: Municipality) -> dict[str, Any]:
    now = clock.now()
    feedback = submit_feedback(
        message="Das Feld für die Hausnummer ließ sich mit der Tastatur nicht erreichen.",
        address="https://heideblick.localhost/maengel/neu/",
        name="Erika Mustermann",
        email="erika@beispiel.example",
        at=now - timedelta(days=40),
    )
    with transaction.atomic():
        for kind in (PageKind.KONTAKT, PageKind.LEICHTE_SPRACHE):
            write_page(kind=kind, body=f"## {kind.label}\n\nEin neuer Text.", by=SYSTEM, at=now)
        page = write_page(kind=PageKind.GEBAERDENSPRACHE, body="Ein Video folgt.", by=SYSTEM, at=now)
        confirm_page(kind=page.kind, version=page.version, by=SYSTEM, at=now)
        for spec in registry.all_specs():
            if spec.sample:
                registry.load(spec.sample)(municipality)
    upload_boundary(
        name="grenze.geojson",
        content=json.dumps(to_geojson(body_shapes()["12061219"].wkb)).encode(),
        by=SYSTEM,
        at=now,
    )
    upload_addresses(name="hauskoordinaten.csv", content=_ADDRESSES.encode(), by=SYSTEM, at=now)
    _saved_views()
    return {
        "feedback": feedback.pk,
        **_places(),
        **_accounts(municipality),
        **_reports(municipality),
        **make_requests(),
        "offer": make_offer(),
        "handed_report": handed_over_report().reference,
    }


def _saved_views() -> None:
    """More than fit into one line of a narrow window."""
    clerk = Person.objects.get(role="clerk")
    for name in ("Laternen im Ortsteil", "Morgens zuerst", "Wartet auf Antwort", "Spielplätze"):
        SavedView.objects.create(person_id=clerk.pk, name=name, query={"q": name})


def _places() -> dict[str, Any]:
    """The samples are there; one of them has been taken down."""
    first, last = Place.objects.order_by("pk").first(), Place.objects.order_by("pk").last()
    retire_place(place_id=last.pk, by=SYSTEM, at=clock.now())
    return {"place": first.reference, "retired_place": last.reference}


def _accounts(municipality: Municipality) -> dict[str, Any]:
    """Somebody with every second factor, an invitation, a forgotten password, a key for a program."""
    person = make_person("administrator", name="Zoe Zweitfaktor", email="zoe@heideblick.example")
    browser = Client(HTTP_HOST=municipality.hosts[0])
    browser.cookies["sessionid"] = session_key(person)
    _set_up_passkey(browser, f"http://{municipality.hosts[0]}")
    TOTP.activate(person, _app_secret())
    passkey = Authenticator.objects.get(user=person, type="webauthn")
    browser = Client(HTTP_HOST=municipality.hosts[0])
    browser.post("/konto/passwort/vergessen/", {"email": person.email})
    token, _text = issue_token(
        name="Fachverfahren", scopes=["defects:report:read"], by=SYSTEM, at=clock.now()
    )
    invited = Client(HTTP_HOST=municipality.hosts[0])
    invited.get(_in_mail("accounts_invitation", r"(/konto/einladung/[^/\s]+/)"))
    return {
        "invited": invited.cookies["sessionid"].value,
        "person": person.pk,
        "person_email": person.email,
        "password": PASSWORD,
        "with_factors": session_key(person),
        "passkey": passkey.pk,
        "token": token.pk,
        "session": Session.objects.filter(person__isnull=False).latest("pk").pk,
        "reset_path": _in_mail("accounts_password_reset", r"(/konto/passwort/neu/\S+)"),
    }


def _reports(municipality: Municipality) -> dict[str, Any]:
    """A citizen in the middle of a report, one who has sent it, one who has not confirmed the address yet."""
    half, sent, waiting = (Client(HTTP_HOST=municipality.hosts[0]) for _ in range(3))
    address = str(Address.objects.order_by("pk").first())
    for browser, email in ((half, ""), (sent, ""), (waiting, "wartet@beispiel.example")):
        latitude, longitude = middle()
        browser.post("/maengel/melden/", {"address": address, "latitude": latitude, "longitude": longitude})
        words = {"category": "street-light", "description": "Dunkel seit Montag.", "weiter": "1"}
        browser.post("/maengel/melden/was/", words)
        browser.post("/maengel/melden/kontakt/", {"email": email})
    receipt = sent.post("/maengel/melden/pruefen/")["Location"]
    waiting.post("/maengel/melden/pruefen/")
    report = Report.objects.filter(case__assignee=None, state="RECEIVED").earliest("pk")
    old = close_long_ago(Report.objects.filter(state="RECEIVED").latest("pk"))
    hold(old, by=SYSTEM)
    _link(report)
    return {
        "citizen": half.cookies["sessionid"].value,
        "receipt": receipt.rstrip("/").rpartition("/")[2],
        "secret": _in_mail("defects", r"/bestaetigen/([^/\s]+)/"),
        "status_link": _status_link(),
        "subscription": subscribe(rhythm=Rhythm.WEEKLY).secret,
        "ended_subscription": subscribe("olga@muster.example").secret,
        "unconfirmed_subscription": ask_for("ada@muster.example"),
        "report": report.reference,
        "photo": _photo(report),
        "staff_report": Report.objects.exclude(state__in=["RECEIVED", "UNCONFIRMED"])
        .earliest("pk")
        .reference,
        "category": "street-light",
    }


def _photo(report: Report) -> int:
    """A photo of the report with one black box on it."""
    photo = report.photos.earliest("pk")
    redact_photo(
        reference=report.reference, photo_id=photo.pk, boxes=[Box(30, 40, 25, 20)], by=SYSTEM, at=clock.now()
    )
    return photo.pk


def _link(report: Report) -> None:
    """The report follows from another."""
    other = Report.objects.exclude(pk=report.pk).filter(state="RECEIVED").earliest("pk")
    link_objects(
        kind="cases.case",
        key=report.reference,
        relation=Relation.FOLLOWS,
        to=other.reference,
        by=SYSTEM,
        at=clock.now(),
    )


def _status_link() -> str:
    """The page of somebody with two reports, one of which the office has a question about."""
    email = "zwei@beispiel.example"
    for steps in ((), (ReportState.QUESTION,)):
        report = make_report(email=email)
        confirm_report(secret=_in_mail("defects/confirm", r"/bestaetigen/([^/\s]+)/"), at=clock.now())
        for state in steps:
            move(report, state, answer="Welche Laterne ist es genau?")
    ask_for_link(reference=report.reference, email=email, by=CITIZEN, at=clock.now())
    return _in_mail("cases/status_link", r"/anliegen/([^/\s]+)/")


def _in_mail(kind: str, pattern: str) -> str:
    """The newest link of that form in the outbox."""
    for mail in Outbox.objects.filter(kind__startswith=kind).order_by("-pk")[:20]:
        if found := re.search(pattern, mail.text or ""):
            return found[1]
    return ""


def _set_up_passkey(browser: Client, origin: str) -> None:
    path = "/konto/zweiter-faktor/passkeys/neu/"
    page = browser.get(path).content.decode()
    options = json.loads(re.findall(r'<script id="js_data" type="application/json">(.+?)</script>', page)[0])
    credential = SoftKey(origin).register(options["creation_options"])
    browser.post(path, {"name": "Schreibtisch", "passwordless": "on", "credential": credential})


def _app_secret() -> str:
    return base64.b32encode(os.urandom(20)).decode()


def _usage(members: dict[str, Municipality]) -> None:
    today = clock.today()
    meters = [meter.slug for meter in registry.meters().values()]
    UsageDay.objects.bulk_create(
        UsageDay(
            day=today - timedelta(days=back),
            tenant=municipality.number,
            meter=meter,
            quantity=quantity,
            n=quantity,
        )
        for municipality in members.values()
        for place, meter in enumerate(meters)
        for back in range(45)
        if (quantity := (back * 7 + place * 13 + municipality.number * 5) % 23 * 10 ** (place % 4))
    )
    UsageArrival.objects.bulk_create(
        UsageArrival(
            tenant=row["tenant"], month=row["month"], meter=row["meter"], n=row["events"], last_at=clock.now()
        )
        for row in UsageDay.objects.order_by()
        .annotate(month=TruncMonth("day"))
        .values("tenant", "month", "meter")
        .annotate(events=Sum("n"))
    )
    gis = make_producer()
    make_producer(slug="leer", title="Archivsystem", meters=["leer.akten"])
    wrong = [make_event(type="gis.routes"), make_event(data={"quantity": 0}), make_event(subject="nirgends")]
    receive(wrong + [make_event(type="gis.routes") for _number in range(3)], producer=gis, now=clock.now())
    UsageBacklog.objects.update_or_create(
        tenant=members["heideblick"].number,
        defaults={"unpushed": 3, "oldest_at": clock.now() - timedelta(minutes=2), "checked_at": clock.now()},
    )


def _books(members: dict[str, Municipality]) -> dict[str, int]:
    """October with costs and keys, calculated twice: between the two something was counted late.

    The running month has a cost that can still be corrected; a correction of October waits, and something came late.
    """
    books = make_books(*members.values())
    calculated()
    use(books.members[0].number, "mail.sent", 260, NOON)
    calculated()
    running = clock.today().replace(day=1)
    cost = enter_cost(
        centre=books.centre, month=running, cents=97_531, source="Beleg 3", by=SYSTEM, at=clock.now()
    )
    correction = correct_cost(
        origin=OCTOBER,
        centre=books.mixed,
        cents=-12_00,
        reason="Zu viel berechnet",
        by=actor_for(Person.objects.filter(role="finance").earliest("pk")),
        at=clock.now(),
    )
    make_late(books.members[0], quantity=120)
    set_advances(
        tenant=books.members[0], service=books.levy, cents=800_00, first=NOVEMBER, last=NOVEMBER.next,
        due_day=15, source="Haushaltsplan", by=SYSTEM, at=AT,
    )  # fmt: skip
    membership = Membership.objects.filter(tenant__slug="heideblick").latest("first")
    return {"cost": cost.pk, "correction": correction.pk, "membership": membership.pk}


def _statements(municipality: Municipality) -> None:
    """Half a year of approved months, one with a correction, paid by advances."""
    for month in range(7, 13):
        make_month(
            Period(2025, month),
            {municipality: 1_800_00 + month * 37_31},
            correction=(Period(2025, 7), -45_10, "Zähler nachgemeldet") if month == 12 else None,
            advance=150_00 if month == 12 else 0,
            state=MonthState.ISSUED if month == 7 else MonthState.APPROVED,
        )


def _documents() -> dict[str, Any]:
    """A run that lacks Heideblick's address, one that went through, and a rehearsal that waits for a worker."""
    by = actor_for(Person.objects.filter(role="finance").earliest("pk"))
    make_issuer(by=by)
    failed = request_issue(period=Period(2025, 10), by=by, at=clock.now())
    run_issue(failed.job_id)
    for tenant in Tenant.objects.filter(slug__in=["heideblick", "luckau"]):
        make_recipient(tenant, by=by, **({} if tenant.slug == "heideblick" else {"leitweg_id": ""}))
    done = request_issue(period=Period(2025, 11), by=by, at=clock.now())
    run_issue(done.job_id)
    made = _one_cancelled(by)
    waits = request_issue(period=Period(2025, 12), is_rehearsal=True, by=by, at=clock.now())
    return {"run_failed": failed.pk, "run_done": done.pk, "run_waiting": waits.pk, **made}


def _one_cancelled(by: Actor) -> dict[str, str]:
    """The notice of November was replaced; the replacement stands."""
    notice = Document.objects.get()
    done = cancel_document(
        number=notice.number, reason="Anschrift", is_replaced=True, by=by, at=clock.now(), today=clock.today()
    )
    return {"cancelled": notice.number, "document": done.replacement.number if done.replacement else ""}


def _announcements(municipality: Municipality) -> None:
    """Maintenance and news that Heideblick is told; Luckau reads neither."""
    for_whom = {"tenants": [municipality.number]}
    make_announcement(
        kind=Kind.MAINTENANCE,
        title="Sonntag von 8 bis 10 Uhr",
        body="Die Seiten bleiben erreichbar, Änderungen werden danach nachgetragen.",
        **for_whom,
    )
    make_announcement(body="Die Karte zeigt jetzt **Ortsteile** und lädt schneller.", **for_whom)


def _support(municipality: Municipality, sessions: dict[str, str]) -> dict[str, Any]:
    """An operator who is in, with a link that waits for an hour; and one who was in before."""
    now = clock.now()
    past = make_grant(municipality, make_operator(name="Otto Einst"), reason="Zählerstände prüfen")
    grant = make_grant(municipality, may_change=True)
    sessions[f"{municipality.hosts[0]}/guest"] = let_in(municipality, grant).cookies["sessionid"].value
    with context.enter(municipality):
        grants.end(grant_id=past.pk, by=SYSTEM, at=now)
        secret = secret_of(municipality, grant)
        Grant.objects.filter(pk=grant.pk).update(link_expires_at=now + timedelta(hours=1))
    return {"support_link": secret}


def _agreements(members: dict[str, Municipality]) -> int:
    """A newer version than the example's; Luckau has signed it, Heideblick has not."""
    version = make_version(number="2026-2")
    signed(members["luckau"].number, version, signed_on=clock.today())
    return version.pk


def _onboardings() -> dict[str, Any]:
    """One that waits for a worker, one that failed at its last step, one that was suspended later."""
    wishes = [
        ("bestensee", "Bestensee", "12061020"),
        ("eichwalde", "Eichwalde", "12061112"),
        ("schulzendorf", "Schulzendorf", "12061444"),
    ]
    for slug, name, ags in wishes:
        wish = OnboardingInput(
            slug=slug,
            name=name,
            kind="gemeinde",
            bodies=(BodyInput(ags=ags, name=name),),
            hosts=(f"{slug}.localhost",),
            admin_email=f"it@{slug}.example",
        )
        request_onboarding([wish], by=SYSTEM, at=clock.now())
    failed = Job.objects.get(subject=Tenant.objects.get(slug="eichwalde").key)
    reason = "Noch nicht bereit zum Freischalten: „Impressum“ ist noch nicht bestätigt."
    last = JobStep.objects.filter(job=failed).order_by("position").last()
    JobStep.objects.filter(job=failed).update(
        state=State.DONE, started_at=clock.now() - timedelta(seconds=2), finished_at=clock.now()
    )
    JobStep.objects.filter(pk=last.pk).update(state=State.FAILED, message=reason)
    Job.objects.filter(pk=failed.pk).update(state=State.FAILED, message=reason, attempt=1)
    Tenant.objects.filter(slug="eichwalde").update(state="FAILED", state_message=reason)
    Tenant.objects.filter(slug="schulzendorf").update(
        state="SUSPENDED", state_message="Umlage seit zwei Quartalen offen.", activated_at=clock.now()
    )
    Job.objects.filter(subject=Tenant.objects.get(slug="schulzendorf").key).update(state=State.DONE)
    wanted = Wanted(
        takes_effect_on=clock.today() + timedelta(days=60),
        name="Heideblick am Wald",
        add_hosts=("heide.example",),
    )
    number = Tenant.objects.get(slug="heideblick").pk
    request_change(number=number, wanted=wanted, by=SYSTEM, at=clock.now(), reason="Beschluss 12/2026")
    waiting = Job.objects.get(subject=Tenant.objects.get(slug="bestensee").key)
    return {"suspended": "schulzendorf", "waiting_job": waiting.pk, "failed_job": failed.pk}


def _departures() -> dict[str, str]:
    """One that waits for the end of the time of grace, one that is over."""
    made = {}
    for name, slug, ags, days in (
        ("leaving", "cottbus", "12052000", 20),
        ("gone", "potsdam", "12054000", None),
    ):
        wish = OnboardingInput(
            slug=slug,
            name=slug.title(),
            kind="gemeinde",
            bodies=(BodyInput(ags=ags, name=slug.title()),),
            hosts=(f"{slug}.localhost",),
            admin_email=f"it@{slug}.example",
        )
        request_onboarding([wish], by=SYSTEM, at=clock.now())
        tenant = Tenant.objects.get(slug=slug)
        tenant.state = "LEAVING" if days else "ARCHIVED"
        tenant.save()
        Departure.objects.create(
            tenant=tenant,
            slug=slug,
            name=tenant.name,
            reason="Austritt zum Jahresende",
            requested_by="1",
            requested_at=clock.now() - timedelta(days=10),
            drop_after=clock.now() + timedelta(days=days or -1),
            finished_at=None if days else clock.now(),
            record_pdf=None if days else b"%PDF-",
        )
        made[name] = str(tenant.pk)
    return made


def _money() -> int:
    """Two documents, one of them late and exported, and a payment nobody knows what for."""
    heideblick = Tenant.objects.get(slug="heideblick")
    give_accounts(heideblick)
    take(heideblick, issued_on=date(2026, 1, 12), due_on=date(2026, 2, 16), month=date(2025, 12, 1))
    export(month=date(2025, 12, 1), profile="hkr-csv", by=SYSTEM, at=clock.now())
    take(heideblick, issued_on=date(2026, 1, 12), due_on=date(2099, 1, 5))
    content = (
        b"Buchungstag;Auftraggeber;Betrag;Verwendungszweck\n01.02.2026;Gemeinde Heideblick;50,00;Abschlag\n"
    )
    take_payments(content=content, by=SYSTEM, at=clock.now())
    return Payment.objects.latest("pk").pk


def _mandate() -> int:
    """The association's account, and a mandate by which the late document can be collected."""
    iban, at = "DE89370400440532013000", clock.now()
    set_creditor(name="Zweckverband", iban=iban, identifier="DE98ZZZ09999999999", by=SYSTEM, at=at)
    return enter_mandate(
        slug="heideblick", reference="M-1", scheme="CORE", signed_on=date(2026, 1, 5), holder="", iban=iban, by=SYSTEM, at=at
    ).pk  # fmt: skip


def _backups() -> int:
    """Heideblick was backed up twice, tried once, and put back once; the file of a run may be long gone here."""
    town = Tenant.objects.get(slug="heideblick")
    now = clock.now()
    runs = [
        BackupRun.objects.create(
            tenant=town,
            kind=kind,
            started_at=now - timedelta(days=days),
            finished_at=now - timedelta(days=days),
            is_ok=True,
            name=f"{now - timedelta(days=days):%Y-%m-%dT%H%M%SZ}.verbund",
            size_bytes=4_300_000,
        )
        for kind, days in ((BackupKind.BACKUP, 1), (BackupKind.BACKUP, 2), (BackupKind.TRIAL, 1))
    ]
    InPlaceRestoration.objects.create(
        tenant=town,
        job_id=Job.objects.order_by("pk").first().pk,
        path="",
        reason="Eine Adressliste überschrieb die Orte.",
        requested_by="1",
        requested_at=now - timedelta(days=3),
        made_at=now - timedelta(days=4),
        begun_at=now - timedelta(days=3),
        finished_at=now - timedelta(days=3),
    )
    return runs[0].pk


def _texts() -> int:
    """The association's own pages, and somebody who could not use them."""
    make_association_examples(at=clock.now())
    return submit_feedback(
        message="Die Tabelle der Nutzung ließ sich mit der Tastatur nicht verschieben.",
        address="Nutzung",
        name="Erika Mustermann",
        email="erika@beispiel.example",
        at=clock.now() - timedelta(days=40),
    ).pk


def _archives(municipality: Municipality) -> None:
    """One that lies ready, and one whose time is over."""
    for days in (0, 9):
        at = clock.now() - timedelta(days=days)
        ArchiveOrder.objects.create(
            tenant_id=municipality.number,
            requested_by="1",
            requested_at=at,
            made_at=at,
            expires_at=at + timedelta(days=7),
            size_bytes=48_200_000,
            rows=18_240,
            files=312,
            receiver_id="925c39d006e8305d" if days else "",
            receiver_pem="-----BEGIN PUBLIC KEY-----" if days else "",
        )


if __name__ == "__main__":
    main()
