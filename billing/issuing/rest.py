# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Issuing a month's documents for programs: asked for, done by a worker, watched at the same address."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from typing_extensions import override

from billing.closing.models import BillingPeriod
from billing.closing.periods import month_of
from billing.closing.rest.periods import named_period
from billing.closing.rest.serializers import SignatureSerializer
from billing.closing.rest.steps import PeriodStep
from billing.closing.states import State
from billing.issuing.models import PDF, XML, Document, IssueRun
from billing.issuing.running import newest_run, request_issue
from billing.permissions import BillingPermission
from tenants.models import Tenant
from verbund.accounts.reach import api as reach
from verbund.jobs.models import State as JobState
from verbund.kernel import clock
from verbund.kernel.errors import NotFound

_UNDER_WAY = {JobState.WAITING, JobState.RUNNING}


class DocumentSerializer(serializers.Serializer[Any]):
    number = serializers.CharField()
    tenant = serializers.CharField(help_text="Kürzel der Kommune")
    kind = serializers.CharField()
    regime = serializers.CharField(help_text="Steuerart")
    due_on = serializers.DateField()
    gross_cents = serializers.IntegerField()
    files = serializers.ListField(
        child=serializers.ChoiceField(choices=[PDF, XML]),
        help_text="Dateien des Dokuments; zuerst die, die die Kommune haben will",
    )
    pdf_sha256 = serializers.CharField()
    xml_sha256 = serializers.CharField(allow_blank=True)


class FailureSerializer(serializers.Serializer[Any]):
    tenant = serializers.CharField(help_text="Kürzel der Kommune")
    regime = serializers.CharField(help_text="Steuerart")
    sentence = serializers.CharField(help_text="warum nicht, und was zu tun ist")
    fields = serializers.DictField(child=serializers.CharField())  # type: ignore[assignment]  # as in problem documents


class IssueRunSerializer(serializers.Serializer[Any]):
    period = serializers.CharField()
    state = serializers.ChoiceField(choices=JobState.choices, help_text="Stand des Auftrags")
    is_rehearsal = serializers.BooleanField(help_text="nur geprüft, keine Nummer vergeben")
    members = serializers.IntegerField(help_text="Kommunen, für die etwas auszustellen ist")
    members_done = serializers.IntegerField()
    failures = FailureSerializer(many=True, help_text="nicht ausgestellt; keine Nummer ist verbraucht")
    documents = DocumentSerializer(many=True, help_text="alle Dokumente, die es für den Monat gibt")


class Issue(PeriodStep):
    """The documents of an approved month."""

    serializer_class = SignatureSerializer

    @property
    @override
    def required_permission(self) -> BillingPermission:  # type: ignore[override]  # by method
        return BillingPermission.ISSUE if self.request.method == "POST" else BillingPermission.READ_PERIODS

    @extend_schema(operation_id="billing_periods_issue_state", responses=IssueRunSerializer)
    def get(self, request: Request, period: str) -> Response:  # noqa: ARG002 (DRF's signature)
        """How far the newest run is, what failed, and the documents there are."""
        run = newest_run(named_period(period))
        if run is None:
            raise NotFound
        return Response(_answer(run))

    @extend_schema(
        operation_id="billing_periods_issue",
        request=SignatureSerializer,
        responses={status.HTTP_202_ACCEPTED: IssueRunSerializer},
    )
    def post(self, request: Request, period: str) -> Response:
        """Issue what is missing; what fails is listed, consumes no number and comes with the next try."""
        row, given, token = self.begin(request, period)
        run = _run_there(row, token.created_by_id)
        if run is None:
            by = self.sign(token, given)
            run = request_issue(period=month_of(row), by=by, at=clock.now())
        return Response(_answer(run), status=status.HTTP_202_ACCEPTED)


def _run_there(row: BillingPeriod, person: int | None) -> IssueRun | None:
    """What the same person has asked for already and is under way or done."""
    run = newest_run(month_of(row))
    if run is None or run.is_rehearsal or run.person != person:
        return None
    return run if row.state == State.ISSUED or run.job.state in _UNDER_WAY else None


def _answer(run: IssueRun) -> Any:
    slugs = dict(reach.visible(Tenant.objects.order_by()).values_list("number", "slug"))
    documents = Document.objects.filter(period=run.period_id, tenant__in=slugs).defer("xml", "pdf", "content")
    values = {
        "period": run.period.name,
        "state": run.job.state,
        "is_rehearsal": run.is_rehearsal,
        "members": run.members,
        "members_done": run.members_done,
        "failures": [
            {**failure, "tenant": slugs[failure["tenant"]]}
            for failure in run.failures
            if failure["tenant"] in slugs
        ],
        "documents": [
            {
                "number": row.number,
                "tenant": slugs[row.tenant_id],
                "kind": row.kind,
                "regime": row.regime,
                "due_on": row.due_on,
                "gross_cents": row.gross_cents,
                "files": row.forms,
                "pdf_sha256": row.pdf_sha256,
                "xml_sha256": row.xml_sha256,
            }
            for row in documents.order_by("number")
        ],
    }
    return IssueRunSerializer(values).data
