# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A photo with black boxes: everybody sees that version alone, at no address the other one."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.factories.accounts import make_person
from tests.factories.defects import make_clerk, make_report, move
from tests.factories.sessions import session_key
from verbund.audit.models import AuditEntry
from verbund.files.models import StoredFile
from verbund.files.redaction import Box
from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN, SYSTEM
from verbund.kernel.errors import Invalid
from verbund.modules.defects import drafting, photos, releasing
from verbund.modules.defects.errors import MayNot
from verbund.modules.defects.keeping import REPORTS
from verbund.modules.defects.models import Report
from verbund.modules.defects.states import State

pytestmark = pytest.mark.usefixtures("in_heideblick")
MIDDLE = Box(25, 25, 50, 50)


@pytest.fixture
def report() -> Report:
    """Released with one white photo."""
    target = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(target, "JPEG")
    upload = SimpleUploadedFile("foto.jpg", target.getvalue(), content_type="image/jpeg")
    draft = drafting.keep_draft(draft_id=None, by=CITIZEN, at=clock.now())
    drafting.add_photos(draft_id=draft, uploads=[upload], by=CITIZEN, at=clock.now())
    made = make_report(photos=tuple(drafting.contents_of(draft).photo_ids))
    move(made, State.IN_PROGRESS)
    keys = list(made.photos.values_list("pk", flat=True))
    releasing.release_contents(
        reference=made.reference, public_description="Dunkel", photo_ids=keys, by=SYSTEM, at=clock.now()
    )
    return made


def redact(report: Report, *boxes: Box, by=SYSTEM):
    return photos.redact_photo(
        reference=report.reference, photo_id=report.photos.get().pk, boxes=boxes, by=by, at=clock.now()
    )


def shown(client: Client, file_id) -> tuple[int, bool]:
    """The answer's status, and whether the middle of the picture is black."""
    answer = client.get(f"/dateien/{file_id}/1600.jpg")
    if answer.status_code != 200:
        return answer.status_code, False
    with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as image:
        return 200, max(image.convert("RGB").getpixel((200, 150))) < 10


def test_everybody_sees_the_boxes_and_the_photo_as_it_came_is_gone_for_them(report, heideblick, client_of):
    before = report.photos.get().file_id
    everybody = client_of(heideblick)
    assert shown(everybody, before) == (200, False)

    photo = redact(report, MIDDLE)

    assert shown(everybody, before)[0] == 404
    assert shown(everybody, photo.redacted_file_id) == (200, True)
    page = everybody.get(f"/maengel/{report.reference}/").content.decode()
    assert str(photo.redacted_file_id) in page
    assert str(before) not in page
    for path in (f"/open311/v2/requests/{report.reference}.json", "/maengel/"):
        assert str(before) not in everybody.get(path).content.decode()


def test_the_office_still_sees_what_came(report, heideblick, client_of):
    photo = redact(report, MIDDLE)
    office = client_of(heideblick)
    office.cookies["sessionid"] = session_key(make_person("clerk"))

    assert shown(office, photo.file_id) == (200, False)


def test_new_boxes_delete_the_version_before_and_none_bring_the_photo_back(report, heideblick, client_of):
    everybody = client_of(heideblick)
    first = redact(report, MIDDLE).redacted_file_id

    second = redact(report, MIDDLE, Box(0, 0, 10, 10)).redacted_file_id

    assert not StoredFile.objects.filter(pk=first).exists()
    assert shown(everybody, first)[0] == 404
    photo = redact(report)
    assert (photo.redacted_file_id, photo.boxes) == (None, [])
    assert shown(everybody, second)[0] == 404
    assert shown(everybody, photo.file_id) == (200, False)


def test_a_photo_that_is_taken_back_is_gone_in_both_versions(report, heideblick, client_of):
    photo = redact(report, MIDDLE)

    releasing.release_contents(
        reference=report.reference, public_description="Dunkel", photo_ids=[], by=SYSTEM, at=clock.now()
    )

    everybody = client_of(heideblick)
    assert shown(everybody, photo.redacted_file_id)[0] == 404
    assert shown(everybody, photo.file_id)[0] == 404


def test_the_same_boxes_again_change_nothing(report):
    redact(report, MIDDLE)
    rows = AuditEntry.objects.count(), StoredFile.objects.count()

    redact(report, MIDDLE)

    assert (AuditEntry.objects.count(), StoredFile.objects.count()) == rows


def test_both_files_go_with_the_report(report):
    redact(report, MIDDLE)
    move(report, State.DONE)
    report.refresh_from_db()

    REPORTS.delete([report], months=60, at=clock.now())

    assert not StoredFile.objects.exists()


def test_who_may_not_release_redacts_nothing_and_too_many_are_refused(report):
    with pytest.raises(MayNot):
        redact(report, MIDDLE, by=make_clerk("field_worker"))
    with pytest.raises(Invalid):
        redact(report, *[MIDDLE] * 21)


@pytest.mark.parametrize(
    "typed", ["10 20 30", "a b c d", "120 0 10 10", "10 10 0 5", "10 10 5 5\n\n1 2 3 4 5"]
)
def test_a_wrong_line_is_named_and_nothing_typed_is_lost(report, heideblick, client_of, typed):
    office = client_of(heideblick)
    office.cookies["sessionid"] = session_key(make_person("clerk"))
    path = f"/verwaltung/maengel/{report.reference}/fotos/{report.photos.get().pk}/"

    answer = office.post(path, {"boxes": typed})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert f"Zeile {typed.count(chr(10)) + 1}:" in text
    assert typed.splitlines()[-1] in text


def test_commas_and_blank_lines_are_understood_and_a_box_ends_with_the_picture(report, heideblick, client_of):
    office = client_of(heideblick)
    office.cookies["sessionid"] = session_key(make_person("clerk"))
    path = f"/verwaltung/maengel/{report.reference}/fotos/{report.photos.get().pk}/"

    answer = office.post(path, {"boxes": "\n12,5 20 200 10\n"}, follow=True)

    assert report.photos.get().boxes == [[12.5, 20, 87.5, 10]]
    assert "12.5 20 87.5 10" in answer.content.decode()
