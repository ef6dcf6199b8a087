# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The only door to one report: for everybody, for staff, for whoever holds the link from the mail."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from verbund.kernel.actors import Actor
from verbund.modules.defects.errors import MayNot, ReportNotFound
from verbund.modules.defects.models import Report
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.references import parse_reference
from verbund.modules.defects.rules import is_public


def get_public_report(reference: str) -> Report:
    """A report as everybody may see it.

    Raises:
        ReportNotFound: there is none, or it is unconfirmed or hidden.
    """
    report = _reports().filter(reference=parse_reference(reference) or "").first()
    if report is None or not is_public(report):
        raise ReportNotFound
    return report


def get_submitted_report(reference: str) -> Report:
    """A report for whoever holds the signed address of its receipt, also while it is unconfirmed.

    Raises:
        ReportNotFound: it is gone.
    """
    report = _reports().filter(reference=reference).first()
    if report is None:
        raise ReportNotFound
    return report


def submitted_reports(references: Sequence[str]) -> QuerySet[Report]:
    """Reports for whoever sent them, as the status page has proved."""
    return _reports().filter(reference__in=references)


def get_report_for(by: Actor, reference: str) -> Report:
    """A report for the office, whatever its state.

    Raises:
        ReportNotFound: there is none here, or the person may not read reports.
    """
    if not by.may(DefectsPermission.READ):
        raise ReportNotFound
    report = _reports().filter(reference=parse_reference(reference) or "").first()
    if report is None:
        raise ReportNotFound
    return report


def demand(by: Actor, permission: DefectsPermission) -> None:
    """Refuse who may not.

    Raises:
        MayNot: the role does not include it.
    """
    if not by.may(permission):
        raise MayNot


def locked_report(reference: str) -> Report:
    """A report that nobody else changes until the transaction ends; waits for whoever is at it.

    Raises:
        ReportNotFound: there is none here.
    """
    reports = Report.objects.select_for_update(of=("self",), no_key=True).select_related("case", "category")
    report = reports.filter(reference=parse_reference(reference) or "").first()
    if report is None:
        raise ReportNotFound
    return report


def _reports() -> QuerySet[Report]:
    return Report.objects.select_related("category", "case", "duplicate_of", "duplicate_of__category")
