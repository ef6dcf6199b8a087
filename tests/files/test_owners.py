# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What nobody owns is deleted a day later; what somebody owns, or might, stays."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories.defects import make_report, photo_upload
from verbund.audit.models import AuditEntry
from verbund.files import storage
from verbund.files.api import pass_on, store_photo
from verbund.files.models import StoredFile
from verbund.files.owners import GRACE
from verbund.files.tasks import delete_ownerless
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.modules.defects.drafting import keep_draft

pytestmark = pytest.mark.usefixtures("in_heideblick")


def stored(owner: str, *, age: timedelta = GRACE + timedelta(minutes=1)) -> StoredFile:
    return store_photo(upload=photo_upload(), owner=owner, by=SYSTEM, at=clock.now() - age)


@pytest.mark.parametrize(
    "owner",
    [
        "defects.report:987654",
        "defects.draft:5a1f6f0e-7c1d-4a44-9f0a-3d1d1b1f7a01",
        "defects.handover:5a1f6f0e-7c1d-4a44-9f0a-3d1d1b1f7a02",
        "defects.draft:x",
    ],
)
def test_what_nobody_owns_goes_with_its_bytes_and_a_row(owner, django_capture_on_commit_callbacks):
    file = stored(owner)

    with django_capture_on_commit_callbacks(execute=True):
        assert delete_ownerless.run() == 1

    assert not StoredFile.objects.exists()
    assert file.pk not in storage.files(older_than=clock.now() + timedelta(days=1)).values()
    row = AuditEntry.objects.get(action="files.photo.deleted")
    assert (row.changes, row.actor_kind) == ({"owner": owner}, "system")


def test_what_somebody_owns_stays():
    draft_id = keep_draft(draft_id=None, by=SYSTEM, at=clock.now())
    kept = {
        stored(f"defects.report:{make_report().pk}").pk,
        stored(f"defects.draft:{draft_id}").pk,
        stored("council.paper:7").pk,
    }

    assert delete_ownerless.run() == 0

    assert set(StoredFile.objects.values_list("pk", flat=True)) == kept


def test_what_came_just_now_stays():
    stored(f"defects.draft:{uuid4()}", age=GRACE - timedelta(hours=1))

    assert delete_ownerless.run() == 0


def test_what_found_an_owner_in_time_stays():
    file = stored(f"defects.draft:{uuid4()}")
    pass_on(file_ids=[file.pk], owner=f"defects.report:{make_report().pk}", by=SYSTEM, at=clock.now())

    assert delete_ownerless.run() == 0
