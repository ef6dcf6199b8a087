# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the accounts package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.accounts.permissions import LABELS, AccountsPermission
from verbund.kernel.people import DataKind, Persons
from verbund.kernel.specs import (
    KEPT_BY_CHANGE,
    KEPT_WITH_OWNER,
    App,
    AppScope,
    Lifecycle,
    LifecycleStep,
    Meter,
    NavigationItem,
    PackageSpec,
    PersonSource,
    PrivacyEntry,
    Role,
    ScheduledTask,
    Transient,
)

_BASIS = _("Art. 6 Abs. 1 lit. e DSGVO, Art. 32 DSGVO")
_DAY = 24 * 3600

_ROLES = (
    Role(
        slug="administrator", label=_("Administration"), area=AppScope.MUNICIPALITY, needs_second_factor=True
    ),
    Role(slug="clerk", label=_("Sachbearbeitung"), area=AppScope.MUNICIPALITY),
    Role(slug="field_worker", label=_("Außendienst"), area=AppScope.MUNICIPALITY),
    Role(slug="operator", label=_("Betrieb"), area=AppScope.ASSOCIATION, needs_second_factor=True),
    Role(slug="finance", label=_("Finanzen"), area=AppScope.ASSOCIATION, needs_second_factor=True),
    Role(slug="auditor", label=_("Revision"), area=AppScope.ASSOCIATION, needs_second_factor=True),
)

_EVERYTHING = tuple(AccountsPermission)


def _navigation(area: str, namespace: str) -> tuple[NavigationItem, ...]:
    return (
        NavigationItem(
            area=area,
            label=_("Personen"),
            url_name=f"{namespace}:people",
            order=800,
            permission=AccountsPermission.MANAGE_PEOPLE,
        ),
        NavigationItem(
            area=area,
            label=_("Zugangsschlüssel"),
            url_name=f"{namespace}:tokens",
            order=810,
            permission=AccountsPermission.MANAGE_TOKENS,
        ),
    )


PACKAGE = PackageSpec(
    slug="accounts",
    probes="verbund.accounts.probes:PROBES",
    command_probes="verbund.accounts.probes:COMMANDS",
    label=_("Personen und Anmeldung"),
    apps=(
        App(name="verbund.accounts", scope=AppScope.BOTH),
        App(name="verbund.accounts.reach", scope=AppScope.ASSOCIATION),
        App(name="allauth", scope=AppScope.BOTH),
        App(name="allauth.account", scope=AppScope.BOTH),
        App(name="allauth.mfa", scope=AppScope.BOTH),
        App(name="axes", scope=AppScope.BOTH),
    ),
    urls_staff="verbund.accounts.urls_staff",
    urls_association="verbund.accounts.urls_association",
    permissions=_EVERYTHING,
    permission_labels=LABELS,
    roles=_ROLES,
    grants={"administrator": _EVERYTHING, "operator": _EVERYTHING},
    navigation=(*_navigation("staff", "accounts-staff"), *_navigation("console", "accounts-association")),
    schedule=(
        ScheduledTask(task="accounts.sweep", every_seconds=_DAY, per_municipality=True),
        ScheduledTask(task="accounts.sweep_association", every_seconds=_DAY),
    ),
    commands={"accounts": "verbund.accounts.cli:register"},
    context="verbund.accounts.page_context:account",
    ports={"RequestAccess": "verbund.accounts.access:may"},
    lifecycle=Lifecycle(
        transient=(
            Transient(model="accounts.Session", reason=_("Anmeldungen gelten nur an ihrem Ort")),
            Transient(model="accounts.Invitation", reason=_("Einmal-Links gelten nur an ihrem Ort")),
            Transient(model="axes.AccessAttempt", reason=_("Anmeldeversuche gelten nur an ihrem Ort")),
            Transient(
                model="axes.AccessAttemptExpiration", reason=_("Anmeldeversuche gelten nur an ihrem Ort")
            ),
        ),
        provision=(
            LifecycleStep(
                name="administrator",
                label=_("Erste Administration einladen"),
                order=700,
                check="verbund.accounts.provisioning:is_invited",
                do="verbund.accounts.provisioning:invite",
                undo="verbund.accounts.provisioning:undo",
            ),
        ),
        suspend=(
            LifecycleStep(
                name="sessions",
                label=_("Alle Sitzungen beenden"),
                order=100,
                check="verbund.accounts.suspension:nobody_is_signed_in",
                do="verbund.accounts.suspension:end_all_sessions",
                undo="verbund.accounts.suspension:let_people_sign_in",
            ),
        ),
        rekey=(
            LifecycleStep(
                name="second_factors",
                label=_("Zweite Faktoren neu verschlüsseln"),
                order=610,
                check="verbund.accounts.rekey:are_resealed",
                do="verbund.accounts.rekey:reseal",
                undo="verbund.accounts.rekey:undo",
            ),
        ),
    ),
    persons=(
        PersonSource(
            slug="accounts.person",
            label=_("Konten"),
            models=("accounts.Person", "accounts.Session", "accounts.Invitation", "mfa.Authenticator"),
            found="verbund.accounts.persons:found",
        ),
    ),
    persons_apart={
        "accounts_reach.Reach": _("wird mit dem Konto entfernt"),
        "axes.AccessAttempt": _("nur Prüfsummen, höchstens einen Tag; daraus ist niemand zu finden"),
    },
    meters=(
        Meter(
            slug="users.named",
            label=_("Aktive Konten"),
            unit=_("Konto-Stunden"),
            exact=False,
            sample="verbund.accounts.queries:named",
        ),
    ),
    privacy=(
        PrivacyEntry(
            model="accounts.Person",
            purpose=_("Beschäftigte anmelden und Vorgängen zuordnen"),
            personal=True,
            persons=(Persons.STAFF, Persons.ASSOCIATION_STAFF),
            data=(DataKind.NAME, DataKind.EMAIL, DataKind.ROLE, DataKind.CREDENTIAL),
            legal_basis=_BASIS,
            retention=_(
                "bis zum Ende der Tätigkeit; deaktivierte Konten, solange Vorgänge auf sie verweisen"
            ),
            kept_by=KEPT_BY_CHANGE,
        ),
        PrivacyEntry(
            model="accounts.Session",
            purpose=_("Angemeldete wiedererkennen"),
            personal=True,
            persons=(Persons.STAFF, Persons.ASSOCIATION_STAFF),
            data=(DataKind.ACTIVITY,),
            legal_basis=_BASIS,
            retention=_("bis zur Abmeldung, höchstens 24 Stunden; ohne Netzadresse"),
            kept_by="accounts.sweep",
        ),
        PrivacyEntry(
            model="accounts.Invitation",
            purpose=_("Einladungen einmalig einlösen"),
            personal=True,
            persons=(Persons.STAFF, Persons.ASSOCIATION_STAFF),
            data=(DataKind.EMAIL, DataKind.ROLE),
            legal_basis=_BASIS,
            retention=_("30 Tage nach Ablauf"),
            kept_by="accounts.sweep",
        ),
        PrivacyEntry(
            model="accounts.ApiToken",
            purpose=_("Programme anmelden"),
            personal=False,
            retention=_("solange das Protokoll auf sie verweist"),
            kept_by=KEPT_WITH_OWNER,
        ),
        PrivacyEntry(
            model="accounts_reach.Reach",
            purpose=_("Beschäftigte des Verbands auf einzelne Kommunen beschränken"),
            personal=True,
            persons=(Persons.ASSOCIATION_STAFF,),
            data=(DataKind.ROLE,),
            legal_basis=_BASIS,
            retention=_("bis zur Änderung, höchstens so lange wie das Konto"),
            kept_by=KEPT_BY_CHANGE,
        ),
        PrivacyEntry(model="accounts.SignInPolicy", purpose=_("Regeln für die Anmeldung"), personal=False),
        PrivacyEntry(
            model="mfa.Authenticator",
            purpose=_("Zweiter Faktor der Anmeldung"),
            personal=True,
            persons=(Persons.STAFF, Persons.ASSOCIATION_STAFF),
            data=(DataKind.CREDENTIAL,),
            legal_basis=_BASIS,
            retention=_("bis er entfernt wird"),
            kept_by=KEPT_BY_CHANGE,
            encrypted_fields=("data",),
        ),
        PrivacyEntry(
            model="account.EmailAddress",
            purpose=_("Von allauth verlangt; bleibt leer, die Adresse steht bei der Person"),
            personal=False,
        ),
        PrivacyEntry(
            model="account.EmailConfirmation", purpose=_("Von allauth verlangt; bleibt leer"), personal=False
        ),
        PrivacyEntry(
            model="axes.AccessAttempt",
            purpose=_("Erraten von Passwörtern verhindern"),
            personal=True,
            persons=(Persons.STAFF, Persons.ASSOCIATION_STAFF),
            data=(DataKind.EMAIL, DataKind.DEVICE, DataKind.ACTIVITY),
            legal_basis=_BASIS,
            retention=_(
                "bis zum Ende der Sperre, höchstens ein Tag; Konto und Netzadresse nur als Prüfsumme"
            ),
            kept_by="accounts.sweep",
        ),
        PrivacyEntry(
            model="axes.AccessAttemptExpiration", purpose=_("Von axes verlangt; bleibt leer"), personal=False
        ),
        PrivacyEntry(
            model="axes.AccessFailureLog", purpose=_("Von axes verlangt; bleibt leer"), personal=False
        ),
        PrivacyEntry(model="axes.AccessLog", purpose=_("Von axes verlangt; bleibt leer"), personal=False),
    ),
)
