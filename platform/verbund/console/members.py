# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the registry for pages: members with their hosts, modules and the state of their onboarding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from tenants import directory
from tenants.models import Body, DoctorReport, Tenant
from tenants.onboarding import JOB_KIND
from tenants.states import WITH_DATA, State
from verbund.accounts.reach import api as reach
from verbund.jobs.models import Job
from verbund.jobs.models import State as StepState
from verbund.kernel import clock, registry
from verbund.kernel.errors import NotFound

_BADGES = {
    State.ACTIVE: "success",
    State.REQUESTED: "info",
    State.PROVISIONING: "info",
    State.FAILED: "danger",
    State.SUSPENDED: "warning",
    State.LEAVING: "warning",
    State.DISCARDING: "warning",
}
SORTINGS = {"name": ("sort_key",), "neu": ("-requested_at", "sort_key"), "zustand": ("state", "sort_key")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member as the pages show it."""

    tenant: Tenant
    hosts: tuple[str, ...]
    bodies: tuple[str, ...]
    modules: tuple[str, ...]
    job: Job | None

    @property
    def kind(self) -> str:
        return str(self.tenant.get_kind_display())

    @property
    def is_active(self) -> bool:
        return bool(self.tenant.state == State.ACTIVE)

    @property
    def badge(self) -> str:
        return _BADGES.get(State(self.tenant.state), "neutral")

    @property
    def current_bodies(self) -> list[Body]:
        """Those that count today."""
        return current_bodies(self.tenant)

    @property
    def has_data(self) -> bool:
        return self.tenant.state in WITH_DATA

    @property
    def report(self) -> DoctorReport | None:
        """What the Doctor found last; None before the first look."""
        return getattr(self.tenant, "doctor", None)

    @property
    def is_unwell(self) -> bool:
        return self.has_data and self.report is not None and self.report.level != "ok"

    @property
    def needs_attention(self) -> bool:
        """Whether it stands in the first section of the board."""
        return (
            self.is_being_set_up or self.is_unwell or self.tenant.state in {State.SUSPENDED, State.DISCARDING}
        )

    @property
    def message_kind(self) -> str:
        """How loudly the state's message is said."""
        return "danger" if self.tenant.state == State.FAILED else "warning"

    @property
    def url(self) -> str:
        """The member's own pages; empty where it has no host."""
        return settings.VERBUND.url(self.hosts[0]) if self.hosts else ""

    @property
    def is_being_set_up(self) -> bool:
        return self.job is not None and (self.job.is_open or self.job.state == StepState.FAILED)


def members(*, text: str = "", state: str = "", module: str = "", sorting: str = "name") -> QuerySet[Tenant]:
    """Members that match, with what `described` needs; lazy, for pagination."""
    everybody = Tenant.objects.select_related("doctor").prefetch_related("domains", "bodies", "activations")
    found: QuerySet[Tenant] = reach.visible(everybody)
    for word in text.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(slug__icontains=word)
            | Q(ars__startswith=word)
            | Q(pk__in=Tenant.objects.filter(bodies__name__icontains=word).values("pk"))
            | Q(pk__in=Tenant.objects.filter(bodies__ags__startswith=word).values("pk"))
        )
    if state:
        found = found.filter(state=state)
    if module:
        found = found.filter(activations__module=module)
    return found.order_by(*SORTINGS.get(sorting, SORTINGS["name"]))


def described(tenants: Iterable[Tenant]) -> list[Member]:
    """The members with their latest onboarding: one query more, however many there are."""
    listed = list(tenants)
    jobs = latest_jobs([tenant.key for tenant in listed])
    return [_member(tenant, jobs.get(tenant.key)) for tenant in listed]


def member(slug: str) -> Member:
    """One member.

    Raises:
        NotFound: there is none of that slug.
    """
    tenant = members().filter(slug=slug).first()
    if tenant is None:
        raise NotFound
    return described([tenant])[0]


def job(job_id: int) -> Job:
    """Some long work, also about a member that is gone by now.

    Raises:
        NotFound: there is none of that number, or it is about a member the person does not look after.
    """
    found = Job.objects.prefetch_related("steps").filter(pk=job_id).first()
    number = found.subject.removeprefix("m_") if found is not None else ""
    if found is None or (number.isdecimal() and not reach.is_visible(int(number))):
        raise NotFound
    return found


def latest_jobs(keys: list[str]) -> dict[str, Job]:
    """The last onboarding of each member, with ``done`` and ``most`` steps."""
    newest = (
        Job.objects.filter(kind=JOB_KIND, subject__in=keys).order_by("subject", "-pk").distinct("subject")
    )
    jobs = Job.objects.filter(pk__in=newest.values("pk")).annotate(
        done=Count("steps", filter=Q(steps__state=StepState.DONE)), most=Count("steps")
    )
    return {job.subject: job for job in jobs}


def state_counts() -> dict[State, int]:
    """How many members are in each state."""
    counted = dict(reach.visible(Tenant.objects.order_by()).values_list("state").annotate(Count("pk")))
    return {state: counted.get(state, 0) for state in State}


def names() -> dict[int, tuple[str, str]]:
    """Slug and name of every member by number, in the order people expect."""
    rows = reach.visible(Tenant.objects.order_by("sort_key")).values_list("number", "slug", "name")
    return {number: (slug, name) for number, slug, name in rows}


def current_bodies(tenant: Tenant) -> list[Body]:
    """The bodies a member serves today."""
    today = clock.today()
    return [
        body
        for body in tenant.bodies.all()
        if body.valid_from <= today and (body.valid_to is None or body.valid_to > today)
    ]


def _member(tenant: Tenant, job: Job | None) -> Member:
    hosts = directory.serving_hosts(tenant)
    labels = {spec.slug: str(spec.label) for spec in registry.modules()}
    return Member(
        tenant=tenant,
        hosts=tuple(host.domain for host in hosts),
        bodies=tuple(body.name for body in current_bodies(tenant)),
        modules=tuple(labels.get(found.module, found.module) for found in tenant.activations.all()),
        job=job,
    )
