# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Registering systems: on the command line, with what may not be registered."""

from __future__ import annotations

import argparse

import pytest

from billing import commands
from billing.ingest.models import Producer
from billing.ingest.producers import producer_of
from verbund.accounts.services.tokens import recognise_token
from verbund.kernel import clock, context


@pytest.fixture
def run(heideblick, luckau, capsys):
    def call(*arguments):
        parser = argparse.ArgumentParser()
        commands.register(parser.add_subparsers())
        options = parser.parse_args(["usage", *arguments])
        capsys.readouterr()
        status = options.run(options)
        written = capsys.readouterr()
        return status, written.out, written.err

    return call


def test_system_is_registered_and_gets_a_key(run, heideblick):
    status, out, _err = run(
        "producer", "gis", "--title", "Karten", "--meter", "gis.tiles", "--tenant", "heideblick"
    )
    _status, text, _err = run("producer-key", "gis")

    assert (status, out) == (0, "gis meldet gis.tiles für 1 Kommunen.\n")
    with context.enter_association():
        token = recognise_token(text.strip(), at=clock.now())
        assert token.scopes == ["billing:usage:ingest"]
        assert producer_of(token.pk).tenants == [heideblick.number]


def test_registering_again_changes_what_it_may_report(run):
    run("producer", "gis", "--title", "Karten", "--meter", "gis.tiles", "--tenant", "heideblick")
    run("producer", "gis", "--title", "Karten", "--meter", "gis.routes", "--all")

    with context.enter_association():
        producer = Producer.objects.get()
        assert producer.meters == ["gis.routes"]
        assert len(producer.tenants) >= 2


@pytest.mark.parametrize(
    ("slug", "meter", "tenant", "field"),
    [
        ("GIS", "gis.tiles", "heideblick", "slug"),
        ("gis", "http.requests", "heideblick", "meter"),
        ("gis", "gis.", "heideblick", "meter"),
        ("gis", "gis.tiles", "nirgendwo", "tenant"),
    ],
)
def test_wrong_registration_is_refused_with_its_field(run, slug, meter, tenant, field):
    status, _out, err = run("producer", slug, "--title", "X", "--meter", meter, "--tenant", tenant)

    assert status == 2
    assert err.startswith(f"{field}: ")
    with context.enter_association():
        assert not Producer.objects.exists()


def test_key_for_an_unknown_system_is_refused(run):
    assert run("producer-key", "gis")[0] == 2
