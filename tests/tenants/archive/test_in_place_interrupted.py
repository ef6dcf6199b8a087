# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A restoration in place that is killed, or fails, at every step: it goes on, or the present day stands again."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tenants.archive import folders
from tenants.models import InPlaceRestoration
from tests.factories import defects
from tests.tenants.archive.test_export_and_restore import as_provisioner, fill
from tests.tenants.archive.test_in_place import ask, back_up, states
from verbund.audit import anchoring, chain, restarts
from verbund.jobs.models import Job
from verbund.kernel import clock, context
from verbund.modules.defects.models import Report

pytestmark = [pytest.mark.django_db(transaction=True)]

# Where a worker dies: what it was about to do, or had just done.
_BREAKS = """
import functools, os, sys
from tenants import directory
from tenants.archive import backups, in_place, in_place_end as end, in_place_steps as steps, loading
from tenants.schema_engine import roles
from verbund.audit import anchoring, restarts
directory.KEEP_SECONDS = 0
class Died(BaseException): pass
def dies(owner, name, *, after=False, error=Died):
    whole = getattr(owner, name)
    @functools.wraps(whole)
    def broken(*given, **named):
        if after: whole(*given, **named)
        raise error
    setattr(owner, name, broken)
    return functools.partial(setattr, owner, name, whole)
def again(job):
    from verbund.jobs.progress import give_up_all
    from verbund.kernel import clock
    give_up_all(in_place.JOB_KIND, at=clock.now())
    return in_place.run_in_place(job)
"""
_PLACES = (
    "(steps.backups, 'back_up')",
    "(steps.roles, 'put_aside')",
    "(steps.roles, 'put_aside', after=True)",
    "(steps.loading, 'make_scratch', after=True)",
    "(steps.loading, 'load_tables', after=True)",
    "(steps.loading, 'load_files', after=True)",
    "(steps.loading, 'compare', after=True)",
    "(end, 'run_turn', after=True)",
    "(end.restarts, 'record', after=True)",
    "(end.anchoring, 'take')",
    "(end.roles, 'drop_replaced', after=True)",
)


def run(services, code: str) -> None:
    lines = json.dumps(_BREAKS + code)
    as_provisioner(services, f"exec({lines})")


def beside(town) -> bool:
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [f"zy_{town.key}"])
        return bool(cursor.fetchone()[0])


def test_whoever_dies_at_any_step_is_followed_by_one_who_goes_on(cli, services, heideblick):
    """All places in one restoration: each worker comes further than the one before."""
    fill(heideblick, "Ada Kanarienvogel")
    path = back_up(cli, heideblick)
    with context.enter(heideblick):
        later = defects.make_report(name="Später", email="spaet@example.org")
    job = ask(heideblick, path)

    places = "".join(
        f"mend = dies{place}\ntry:\n    again({job})\n    raise AssertionError({place!r})\nexcept Died: pass\nmend()\n"
        for place in _PLACES
    )
    run(services, f"{places}assert again({job}) is True")

    assert states(heideblick)[0] == "ACTIVE"
    assert not beside(heideblick)
    with context.enter(heideblick):
        assert not Report.objects.filter(pk=later.pk).exists()
        assert defects.make_report(name="Danach").pk > later.pk
        assert chain.verify() is None
        assert anchoring.compare(anchoring.kept(heideblick.key)) is None
    assert len(restarts.of_scope(heideblick.key)) == 1


def test_what_fails_and_dies_while_it_is_put_back_stands_again_after_the_sweep(cli, services, heideblick):
    fill(heideblick, "Ada Kanarienvogel")
    path = back_up(cli, heideblick)
    with context.enter(heideblick):
        later = defects.make_report(name="Später", email="spaet@example.org")
    job = ask(heideblick, path)

    run(
        services,
        "from verbund.files.errors import StorageFull\n"
        "from verbund.kernel import clock\n"
        "full = dies(steps.loading, 'load_files', error=StorageFull)\n"
        "mend = dies(end.roles, 'put_back', after=True)\n"
        f"try:\n    again({job})\nexcept Died: pass\n"
        "mend()\n"
        "assert in_place.go_on(at=clock.now()) == []\n",
    )

    assert states(heideblick)[0] == "ACTIVE"
    assert states(heideblick)[1] != ""
    with context.enter(heideblick):
        assert Report.objects.filter(pk=later.pk).exists()
        assert chain.verify() is None


def test_what_was_left_beside_is_never_taken_for_the_present(cli, services, heideblick):
    """The first restoration stands but could not tidy up; the second fails."""
    fill(heideblick, "Ada Kanarienvogel")
    path = back_up(cli, heideblick)
    first = ask(heideblick, path)
    run(
        services,
        "from verbund.kernel.errors import Conflict\n"
        "end.tidy_up = lambda work: (_ for _ in ()).throw(Conflict('voll'))\n"
        f"again({first})\n",
    )
    assert beside(heideblick)
    with context.enter(heideblick):
        since = defects.make_report(name="Seitdem")
    second = ask(heideblick, path)

    run(
        services,
        "from verbund.files.errors import StorageFull\n"
        f"dies(steps.loading, 'load_files', error=StorageFull)\nassert again({second}) is False\n",
    )

    assert states(heideblick)[0] == "ACTIVE"
    assert not beside(heideblick)
    with context.enter(heideblick):
        assert Report.objects.filter(pk=since.pk).exists()


def test_the_last_good_backup_outlives_its_time_while_it_is_put_back(cli, services, heideblick):
    """Backups failed for weeks: the one of now succeeds, and must not take the old one with it."""
    fill(heideblick, "Ada Kanarienvogel")
    path = back_up(cli, heideblick)
    then = clock.now() - timedelta(days=settings.VERBUND.backup_keep_days + 5)
    old = path.rename(path.with_name(f"{then:%Y-%m-%dT%H%M%SZ}.verbund"))

    run(services, f"assert again({ask(heideblick, old)}) is True")

    assert old.exists()


def test_a_full_disk_ends_it_before_anything_is_replaced(cli, services, heideblick, tmp_path: Path):
    fill(heideblick, "Ada Kanarienvogel")
    path = Path(shutil.move(back_up(cli, heideblick), tmp_path / "eins.verbund"))
    job = ask(heideblick, path)

    run(
        services,
        "from tenants.archive.errors import StorageRefused\n"
        f"dies(backups, 'write_archive', error=StorageRefused)\nassert again({job}) is False\n"
        f"assert again({job}) is False\n",
    )

    assert states(heideblick)[0] == "ACTIVE"
    with context.enter_association():
        assert InPlaceRestoration.objects.get(job_id=job).is_put_back
        assert Job.objects.get(pk=job).state == "FAILED"


def test_goes_forward_again_to_a_day_that_was_left(cli, services, heideblick):
    """Back to the first day, then to the second: what was anchored in between belongs to neither."""
    fill(heideblick, "Ada Kanarienvogel")
    first = back_up(cli, heideblick)
    first = first.rename(first.with_name("eins.verbund"))
    with context.enter(heideblick):
        for name in range(12):
            defects.make_report(name=f"Zweiter Tag {name}")
    assert json.loads(cli("tenants", "backup", "--slug", heideblick.slug, "--json").stdout)["ok"]
    (second,) = (path for path in folders.backup_folder(heideblick.key).glob("2*.verbund"))
    run(services, f"assert again({ask(heideblick, first)}) is True")
    with context.enter(heideblick):
        anchoring.take(at=clock.now())

    run(services, f"assert again({ask(heideblick, second)}) is True")

    with context.enter(heideblick):
        assert chain.verify() is None
        assert anchoring.compare(anchoring.kept(heideblick.key)) is None
    one, two = restarts.of_scope(heideblick.key)
    assert one.position < two.position
    assert two.shared == one.position
