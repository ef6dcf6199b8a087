# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Onboarding goes on where it stopped and leaves no half municipality."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tenants import directory
from tenants.models import Tenant
from tenants.states import State
from verbund.jobs.models import JobStep
from verbund.kernel import context

pytestmark = [pytest.mark.django_db(transaction=True)]
OPTIONS = (
    "onboard", "--slug", "bernau", "--name", "Bernau bei Berlin", "--kind", "stadt", "--body", "12060020:Bernau bei Berlin",
    "--host", "bernau.localhost", "--admin-email", "it@bernau.example",
)  # fmt: skip


def test_onboarded_municipality_serves(cli):
    done = cli(*OPTIONS, "--json")

    assert done.returncode == 0, done.stderr
    (result,) = json.loads(done.stdout)["municipalities"]
    assert result["state"] == "ACTIVE"
    assert {step["state"] for step in result["steps"]} == {"DONE"}
    directory.forget()
    assert "Stadt Bernau bei Berlin" in Client().get("/", HTTP_HOST="bernau.localhost").content.decode()


def test_dry_run_makes_nothing(cli):
    done = cli(*OPTIONS, "--dry-run", "--json")

    assert done.returncode == 0
    assert next(step["name"] for step in json.loads(done.stdout)["steps"]) == "database"
    with context.enter_association():
        assert not Tenant.objects.filter(slug="bernau").exists()


def test_second_time_is_refused_with_reasons(cli):
    cli(*OPTIONS)

    done = cli(*OPTIONS, "--json")

    assert done.returncode == 2
    assert [problem["field"] for problem in json.loads(done.stdout)["refused"]] == ["slug", "body", "host"]


def test_draft_texts_keep_the_doors_closed(cli):
    done = cli(*OPTIONS, "--profile", "standard", "--json")

    (result,) = json.loads(done.stdout)["municipalities"]
    assert done.returncode == 1
    assert result["state"] == "FAILED"
    (failed,) = [step for step in result["steps"] if step["state"] == "FAILED"]
    assert failed["name"] == "activation"
    assert "Impressum" in failed["message"]
    directory.forget()
    assert Client().get("/", HTTP_HOST="bernau.localhost").status_code == 404


def test_amt_serves_several_bodies(cli):
    done = cli(
        "onboard", "--slug", "amt-dahme-mark", "--name", "Amt Dahme/Mark", "--kind", "amt", "--ars", "120725204",
        "--body", "12072053:Dahme/Mark", "--body", "12072055:Dahmetal", "--host", "dahme.localhost", "--admin-email", "it@dahme.example",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    municipality = directory.by_slug("amt-dahme-mark")
    assert municipality is not None
    assert [body.ags for body in municipality.bodies] == ["12072053", "12072055"]


def test_steps_are_recorded_in_order(cli):
    cli(*OPTIONS)
    with context.enter_association():
        tenant = Tenant.objects.get(slug="bernau")
        steps = JobStep.objects.filter(job__subject=tenant.key)
        assert tenant.state == State.ACTIVE
        assert all(step.started_at <= step.finished_at for step in steps)
        assert [step.position for step in steps] == list(range(len(steps)))
