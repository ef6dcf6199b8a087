# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the association's host."""

from __future__ import annotations

from django.urls import path

from verbund.console.views import (
    backups,
    doctor,
    jobs,
    keys,
    leaving,
    master_data,
    onboarding,
    states,
    tenants,
    usage,
)

urlpatterns = [
    path("", tenants.overview, name="overview"),
    path("kommunen/", tenants.tenants, name="tenants"),
    path("kommunen/neu/", onboarding.new, name="tenant-new"),
    path("kommunen/<slug:slug>/", tenants.tenant, name="tenant"),
    path("kommunen/<slug:slug>/einrichtung/", onboarding.progress, name="progress"),
    path("kommunen/<slug:slug>/einrichtung/stand/", onboarding.progress_fragment, name="progress-fragment"),
    path("kommunen/<slug:slug>/einrichtung/erneut/", onboarding.retry, name="retry"),
    path("kommunen/<slug:slug>/aussetzen/", states.suspend, name="suspend"),
    path("kommunen/<slug:slug>/oeffnen/", states.resume, name="resume"),
    path("kommunen/<slug:slug>/austritt/", leaving.leave, name="leave"),
    path("ausgeschieden/<int:number>/", leaving.departure, name="departure"),
    path("ausgeschieden/<int:number>/loeschprotokoll.pdf", leaving.deletion_record, name="deletion-record"),
    path("kommunen/<slug:slug>/verwerfen/", states.discard, name="discard"),
    path("kommunen/<slug:slug>/pruefung/", doctor.doctor, name="doctor"),
    path("kommunen/<slug:slug>/sicherungen/", backups.backups, name="backups"),
    path(
        "kommunen/<slug:slug>/sicherungen/<int:run_id>/wiederherstellen/",
        backups.restore,
        name="backup-restore",
    ),
    path("kommunen/<slug:slug>/stammdaten/", master_data.change, name="change"),
    path(
        "kommunen/<slug:slug>/stammdaten/<int:change_id>/zurueck/",
        master_data.withdraw,
        name="withdraw-change",
    ),
    path("auftraege/<int:job_id>/", jobs.job, name="job"),
    path("auftraege/<int:job_id>/stand/", jobs.job_fragment, name="job-fragment"),
    path("schluessel/", keys.keys, name="keys"),
    path("schluessel/stand/", keys.board_fragment, name="keys-fragment"),
    path("schluessel/erneuern/", keys.renew, name="keys-renew"),
    path("schluessel/<int:job_id>/erneut/", keys.retry, name="keys-retry"),
    path("nutzung/", usage.month, name="usage"),
    path("nutzung/liste/", usage.download, name="usage-download"),
    path("nutzung/<slug:slug>/<str:meter>/", usage.days, name="usage-days"),
    path("nutzung/<slug:slug>/<str:meter>/<str:day>/", usage.day, name="usage-day"),
]
