# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a package or module says of itself: pure data, so that nothing else has to list it.

Dotted strings instead of objects: a spec is read before Django's app registry is ready.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from verbund.kernel.errors import DomainError
from verbund.kernel.offers import (
    CaseKind,
    LinkableKind,
    MailKind,
    MessageKind,
    SearchSource,
    SubscriptionTopic,
)
from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.texts import LazyText


class InvalidSpec(DomainError):
    """A spec is missing or wrong; the start stops with its name."""

    code = "invalid_spec"
    status = 500


class AppScope(StrEnum):
    """In whose schema an app's tables stand."""

    ASSOCIATION = "association"
    MUNICIPALITY = "municipality"
    BOTH = "both"


@dataclass(frozen=True, kw_only=True)
class App:
    """A Django app of the package: dotted path of the package or its AppConfig."""

    name: str
    scope: AppScope


@dataclass(frozen=True, kw_only=True)
class Meter:
    """Something that is counted. ``exact`` meters come from business facts, the others from batches.

    ``sample`` (dotted) makes it a level: callable() -> int, asked once an hour in the municipality; its unit is so much for
    an hour.
    """

    slug: str
    label: LazyText
    unit: LazyText
    exact: bool = True
    sample: str = ""


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """``handler`` (dotted) is called with the event inside the publisher's transaction; raising vetoes it."""

    event: str
    handler: str


@dataclass(frozen=True, kw_only=True)
class NavigationItem:
    """An entry in one of the shells: area is public, staff or console; url_name is reversed."""

    area: str
    label: LazyText
    url_name: str
    order: int = 100
    permission: str | None = None
    description: LazyText = ""
    badge: str | None = None


KEPT_BY_CHANGE = "by change"
KEPT_WITH_OWNER = "with its owner"


@dataclass(frozen=True, kw_only=True)
class PrivacyEntry:
    """One model in the record of processing (Art. 30 DSGVO). Every model needs one, personal or not.

    ``kept_by`` says how ``retention`` comes true: the name of the scheduled task that deletes what is over, or one of
    KEPT_BY_CHANGE and KEPT_WITH_OWNER. ``rule``: the RetentionRule whose period counts, which a municipality may change.
    ``persons``, ``data`` and ``recipients`` are needed where it is ``personal``; no recipient means that nobody gets it
    but the office itself and the association that processes for it.
    """

    model: str
    purpose: LazyText
    personal: bool
    legal_basis: LazyText = ""
    retention: LazyText = ""
    kept_by: str = ""
    encrypted_fields: tuple[str, ...] = ()
    rule: str = ""
    persons: tuple[Persons, ...] = ()
    data: tuple[DataKind, ...] = ()
    recipients: tuple[Recipient, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RetentionRule:
    """Objects that go some months after they were closed, unless the municipality says otherwise within the bounds.

    ``since`` ends the sentence "36 Monate …". ``keeping`` (dotted) is a kernel.ports.Keeping; where the objects are cases,
    its keys are their numbers, and ``slug`` is their kind's. ``exhibit`` (dotted): callable(row of ``keeping.over``) ->
    kernel.ports.Exhibit, what the competent archive is shown before the row goes; ``is_offered``: usually so, unless the
    municipality says that its archive does without.
    """

    slug: str
    label: LazyText
    since: LazyText
    months: int
    shortest: int
    longest: int
    legal_basis: LazyText
    keeping: str
    exhibit: str = ""
    is_offered: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonSource:
    """Where a package finds what it keeps of somebody who asks, by their e-mail address.

    ``models`` are the entries of the record of processing it answers for. ``found`` (dotted): callable(email) -> iterable of
    kernel.ports.HeldRecord. ``erase`` (dotted): callable(email, by=…, at=…) removes all of them that name no reason to
    stay, inside the caller's transaction; what is found afterwards must all have one. Without it nothing ever goes.
    ``order`` is its place in the answer.
    """

    slug: str
    label: LazyText
    models: tuple[str, ...]
    found: str
    erase: str = ""
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class ScheduledTask:
    """A periodic Celery task. per_municipality: the dispatcher sends one for each active municipality."""

    task: str
    every_seconds: int
    per_municipality: bool = False
    queue: str = "default"


@dataclass(frozen=True, kw_only=True)
class LifecycleStep:
    """A named, idempotent step of a municipality's life; dotted functions taking a StepContext.

    ``check`` answers whether the step is already done (then do is skipped); ``undo`` takes it back.
    """

    name: str
    label: LazyText
    order: int
    do: str
    undo: str
    check: str


@dataclass(frozen=True, kw_only=True)
class DoctorCheck:
    """``check`` (dotted): callable(Municipality) -> iterable of kernel.ports.Diagnosis; that municipality is entered.

    It only looks: a check that finds something says where it is mended, and mends nothing itself.
    """

    name: str
    label: LazyText
    order: int
    check: str


@dataclass(frozen=True, kw_only=True)
class ArchivePart:
    """What a package adds to a municipality's archive beside its tables, which are exported for everybody.

    ``files`` (dotted): callable(Municipality) -> iterator of kernel.ports.ArchiveFile, always in the same order.
    ``restore`` (dotted): callable(Municipality, iterator of ArchiveFile), safe to repeat.
    """

    name: str
    files: str
    restore: str


@dataclass(frozen=True, kw_only=True)
class Transient:
    """A model whose rows stay behind when a municipality's data move, because they are worth nothing elsewhere.

    No other table may refer to it.
    """

    model: str
    reason: LazyText


@dataclass(frozen=True, kw_only=True)
class Lifecycle:
    """What a package does at the turns of a municipality's life; each tuple is run in the order of ``order``.

    ``suspend``: do when it stops serving, undo when it serves again, both inside the transaction of the change: only
    quick work in the database; what takes longer is started when that holds (on_commit). ``restore``: when its data are put
    back to an earlier day: below order 500 before they are replaced, from 500 on after.
    ``rekey``: when its keys are renewed; takes a RekeyContext instead, in the entered scope (the association too);
    with an order from 500 on only when its data is encrypted anew as well. ``offboard``: when it has left; its ``undo`` says why it cannot.
    """

    provision: tuple[LifecycleStep, ...] = ()
    suspend: tuple[LifecycleStep, ...] = ()
    archive: tuple[ArchivePart, ...] = ()
    transient: tuple[Transient, ...] = ()
    restore: tuple[LifecycleStep, ...] = ()
    rekey: tuple[LifecycleStep, ...] = ()
    offboard: tuple[LifecycleStep, ...] = ()
    doctor: tuple[DoctorCheck, ...] = ()

    def steps(self) -> Iterator[LifecycleStep]:
        """Every step of every turn."""
        for turn in (self.provision, self.suspend, self.restore, self.rekey, self.offboard):
            yield from turn


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role a person may hold in a municipality or in the association; ``accounts`` brings them.

    One that is not ``is_held_by_people`` is that of a guest who was let in without an account.
    """

    slug: str
    label: LazyText
    area: AppScope
    needs_second_factor: bool = False
    is_held_by_people: bool = True


@dataclass(frozen=True, kw_only=True)
class PackageSpec:
    """What a platform package brings.

    ``permissions`` are named ``module:resource:action`` and have a label each; ``grants`` gives them to roles by the roles' slugs.
    ``urls_*`` are dotted URLconfs: public and staff pages of a municipality's host, the association's host,
    and ``/api/v1/`` of both. ``sample`` (dotted, callable(Municipality)) fills a demo municipality.
    ``readiness`` (dotted, callable() -> None) raises Unavailable when a part is down. ``context`` (dotted,
    callable(request) -> dict) adds to every page's template context. ``notices`` (dotted, callable(request) ->
    iterable of kernel.ports.Notice) are said at the top of every page of a municipality's staff, ``notices_association`` on those of the console.
    ``probes`` (dotted, verbund.kernel.probes) shows each route at work for its rightful owner; the proof of
    isolation then tries it as everybody else.
    ``commands`` name for each command of the command line what adds it (dotted, callable(subparsers)); only the one that
    is run is loaded. ``command_probes`` (dotted) names for each command how it is run for one municipality, or why it has none.
    ``collectors`` (dotted, callable() -> iterable of prometheus_client.Metric, with the association entered) add to
    the metrics.
    ``persons`` finds and erases what is kept of one person; ``persons_apart`` names the models about people that no
    address leads to, each with the sentence that the person is told instead.
    """

    slug: str
    label: LazyText
    apps: tuple[App, ...] = ()
    urls_public: str | None = None
    urls_staff: str | None = None
    urls_association: str | None = None
    urls_api: str | None = None
    urls_api_association: str | None = None
    permissions: tuple[str, ...] = ()
    permission_labels: Mapping[str, LazyText] = field(default_factory=dict)
    roles: tuple[Role, ...] = ()
    grants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meters: tuple[Meter, ...] = ()
    receivers: tuple[Receiver, ...] = ()
    navigation: tuple[NavigationItem, ...] = ()
    cases: tuple[CaseKind, ...] = ()
    linkable: tuple[LinkableKind, ...] = ()
    search: tuple[SearchSource, ...] = ()
    subscriptions: tuple[SubscriptionTopic, ...] = ()
    mails: tuple[MailKind, ...] = ()
    exchange: tuple[MessageKind, ...] = ()
    privacy: tuple[PrivacyEntry, ...] = ()
    persons: tuple[PersonSource, ...] = ()
    persons_apart: Mapping[str, LazyText] = field(default_factory=dict)
    retention: tuple[RetentionRule, ...] = ()
    ports: Mapping[str, str] = field(default_factory=dict)
    schedule: tuple[ScheduledTask, ...] = ()
    commands: Mapping[str, str] = field(default_factory=dict)
    lifecycle: Lifecycle = field(default_factory=Lifecycle)
    activation_checks: tuple[str, ...] = ()
    readiness: tuple[str, ...] = ()
    collectors: tuple[str, ...] = ()
    sample: str | None = None
    context: str | None = None
    notices: tuple[str, ...] = ()
    notices_association: tuple[str, ...] = ()
    probes: str | None = None
    command_probes: str | None = None


@dataclass(frozen=True, kw_only=True)
class ModuleSpec(PackageSpec):
    """What a service module brings: a package that a municipality switches on or off."""

    description: LazyText = ""
    start_url_name: str | None = None
