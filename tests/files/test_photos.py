# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What becomes of uploaded photos: only pixels survive, only pictures are believed."""

from __future__ import annotations

import io
import os
import resource
import signal
import subprocess
import sys
import textwrap
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, transaction
from django.test import Client
from PIL import Image

from tests.factories.accounts import client_for, make_person
from tests.factories.defects import make_report, photo_upload
from tests.factories.sessions import signed_in
from verbund.files import api, imaging, steps, storage
from verbund.files.errors import NotAPhoto, PhotoTooLarge, StorageFull, TooManyPixels
from verbund.files.middleware import LARGEST_BODY
from verbund.files.models import StoredFile
from verbund.files.tasks import remove_orphans
from verbund.files.visibility import visibility_of
from verbund.kernel import clock, context
from verbund.kernel.actors import CITIZEN
from verbund.kernel.errors import NotFound
from verbund.kernel.ports import StepContext


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def store(upload: SimpleUploadedFile) -> StoredFile:
    return api.store_photo(upload=upload, owner="tests.thing:1", by=CITIZEN, at=clock.now())


def opened(file: StoredFile, size: int) -> Image.Image:
    with api.open_photo(file.pk, size) as handle:
        return Image.open(io.BytesIO(handle.read()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_cameras_formats_become_jpegs_of_two_sizes(in_heideblick, kind):
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    file = store(photo_upload("foto.bin", size=(3000, 2000), kind=kind))

    assert (file.width, file.height) == (1600, 1067)
    large, small = opened(file, 1600), opened(file, 400)
    assert (large.format, large.size) == ("JPEG", (1600, 1067))
    assert (small.format, small.size) == ("JPEG", (400, 267))


def test_small_photos_are_not_blown_up(in_heideblick):
    assert opened(store(photo_upload(size=(300, 200))), 1600).size == (300, 200)


def test_place_and_device_are_gone_and_the_picture_is_upright(in_heideblick):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned to the right
    exif[0x010F] = "Kamerawerk"
    exif.get_ifd(0x8825)[2] = (51.0, 49.0, 12.0)
    file = store(photo_upload(size=(800, 600), exif=exif, comment=b"Haus von Ada"))

    large = opened(file, 1600)
    assert large.size == (600, 800)
    assert dict(large.getexif()) == {}
    stored = b"".join(path.read_bytes() for path in Path(storage.folder("m_000001")).rglob("*.jpg"))
    for trace in (b"Exif", b"Kamerawerk", b"Haus von Ada"):
        assert trace not in stored


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg onload='alert(1)'/>",
        b"%PDF-1.7",
        b"\xff\xd8\xff\xe0 no picture",
        b"MZ" + bytes(100),
    ],
)
def test_what_is_no_photo_is_refused_whatever_its_name(in_heideblick, content):
    with pytest.raises(NotAPhoto):
        store(SimpleUploadedFile("foto.jpg", content, content_type="image/jpeg"))
    assert StoredFile.objects.count() == 0


def test_a_gif_is_no_photo(in_heideblick):
    with pytest.raises(NotAPhoto):
        store(photo_upload(kind="GIF"))


def test_a_truncated_photo_is_refused(in_heideblick):
    whole = photo_upload(size=(900, 900)).read()
    with pytest.raises(NotAPhoto):
        store(SimpleUploadedFile("foto.jpg", whole[: len(whole) // 2]))


def test_a_pixel_bomb_is_refused_before_it_is_unpacked(in_heideblick):
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = chunk(b"IHDR", (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00")
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b"")
    with pytest.raises(TooManyPixels):
        store(SimpleUploadedFile("foto.png", bomb))


def test_ten_megabytes_are_enough(in_heideblick):
    with pytest.raises(PhotoTooLarge):
        store(SimpleUploadedFile("foto.jpg", bytes(api.LARGEST_BYTES + 1)))


def test_a_body_beyond_all_limits_is_refused_unread(heideblick, client_of):
    client: Client = client_of(heideblick)

    response = client.generic(
        "POST", "/maengel/melden/was/", b"", content_type="multipart/form-data", CONTENT_LENGTH=str(1 << 30)
    )

    assert response.status_code == 413
    assert LARGEST_BODY < 1 << 30


def test_files_are_kept_apart_and_not_found_by_the_neighbour(heideblick, luckau):
    with context.enter(heideblick):
        file = store(photo_upload())
        assert storage.path_of(file.pk, 400).is_relative_to(storage.folder(heideblick.key))
    with context.enter(luckau):
        for attempt in (lambda: api.open_photo(file.pk, 400), lambda: storage.open_read(file.pk, 400)):
            with pytest.raises(NotFound):
                attempt()


def test_only_known_sizes_exist(in_heideblick):
    with pytest.raises(NotFound):
        storage.path_of(uuid4(), 401)


def test_a_link_out_of_the_folder_is_not_followed(in_heideblick, tmp_path):
    file = store(photo_upload())
    path = storage.path_of(file.pk, 400)
    path.unlink()
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    path.symlink_to(secret)
    with pytest.raises(NotFound):
        api.open_photo(file.pk, 400)


def test_without_a_word_from_its_module_nobody_sees_a_file(in_heideblick, heideblick, client_of):
    file = store(photo_upload())

    assert not visibility_of(file).is_public
    assert client_of(heideblick).get(f"/dateien/{file.pk}/400.jpg").status_code == 404


def test_photos_that_are_not_public_are_shown_to_whole_sign_ins_of_the_own_office_only(heideblick, luckau):
    """A password alone must not be enough where the role needs a second factor."""
    with context.enter(heideblick):
        file = store(photo_upload())
        make_report(photos=(file.pk,))
        half = client_for(make_person("administrator"), heideblick)
    address = f"/dateien/{file.pk}/400.jpg"

    assert half.get(address).status_code == 404
    assert signed_in("administrator", luckau).get(address).status_code == 404
    assert signed_in("administrator").get(address).status_code == 404
    shown = signed_in("administrator", heideblick).get(address)
    assert shown.status_code == 200
    shown.close()


def test_deleting_removes_the_bytes_after_the_commit(in_heideblick, django_capture_on_commit_callbacks):
    file = store(photo_upload())
    path = storage.path_of(file.pk, 400)

    with django_capture_on_commit_callbacks(execute=True):
        api.delete_files(file_ids=[file.pk], by=CITIZEN, at=clock.now())

    assert not path.exists()
    assert not StoredFile.objects.exists()


def test_the_step_makes_and_removes_the_folder(heideblick):
    step = StepContext(municipality=heideblick, at=clock.now())
    assert not steps.storage_is_done(step)
    steps.make_storage(step)
    steps.make_storage(step)
    assert steps.storage_is_done(step)
    assert storage.folder(heideblick.key).stat().st_mode & 0o777 == 0o700
    steps.undo_storage(step)
    steps.undo_storage(step)
    assert not steps.storage_is_done(step)


def test_a_small_file_that_unfolds_to_a_huge_picture_takes_bounded_memory():
    """233 kB became 970 MB, in each of the server's threads at once."""
    program = textwrap.dedent("""
        import io, re
        from pathlib import Path
        from PIL import Image
        from verbund.files.imaging import encode
        bomb = io.BytesIO()
        Image.new("P", (7740, 7740)).save(bomb, "PNG", transparency=0)
        encode(bomb)
        # Of this program alone: what getrusage says begins with what the process that started it had.
        print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024)
    """)

    known = os.environ | {"DJANGO_SETTINGS_MODULE": "django.conf.global_settings"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=known, capture_output=True, text=True, check=True
    )

    assert int(done.stdout) < 750


def test_only_one_picture_is_unfolded_at_a_time(monkeypatch):
    at_work, most = [], []
    opened_before = imaging._opened

    def watched(source):
        at_work.append(source)
        most.append(len(at_work))
        time.sleep(0.05)
        try:
            return opened_before(source)
        finally:
            at_work.remove(source)

    monkeypatch.setattr(imaging, "_opened", watched)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _number: imaging.encode(photo_upload(size=(30, 20)).file), range(4)))

    assert most == [1, 1, 1, 1]


def on_disk(tmp_path) -> list[str]:
    return sorted(path.name for path in tmp_path.rglob("*") if path.is_file())


def test_photos_of_a_transaction_that_fails_leave_the_disk_at_once(in_heideblick, tmp_path):
    kept = store(photo_upload())

    @api.all_or_nothing()
    def work() -> None:
        store(photo_upload())
        with api.all_or_nothing():
            store(photo_upload())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()

    assert {name.rpartition("-")[0] for name in on_disk(tmp_path)} == {str(kept.pk)}
    assert StoredFile.objects.get() == kept


def test_what_a_dead_process_left_behind_is_removed_and_nothing_else(heideblick, luckau, tmp_path):
    with context.enter(luckau):
        tempting = store(photo_upload())
    with context.enter(heideblick):
        kept, forgotten, young = (store(photo_upload()) for _ in range(3))
        StoredFile.objects.filter(pk__in=[forgotten.pk, young.pk]).delete()
        half_written = tmp_path / heideblick.key / "ab" / "tmpabcdef"
        half_written.parent.mkdir(exist_ok=True)
        half_written.write_bytes(b"x")
        archive = tmp_path / heideblick.key / "archives" / "0198f0aa-0000-7000-8000-000000000000.verbund"
        archive.parent.mkdir()
        archive.write_bytes(b"waits for its download")
        two_hours_ago = (clock.now() - timedelta(hours=2)).timestamp()
        for path in (
            path for path in tmp_path.rglob("*") if path.is_file() and str(young.pk) not in path.name
        ):
            os.utime(path, (two_hours_ago, two_hours_ago))

        removed = remove_orphans.run()

    assert removed == 3
    assert archive.exists()
    archive.unlink()
    assert {name.rpartition("-")[0] for name in on_disk(tmp_path)} == {
        str(file.pk) for file in (kept, young, tempting)
    }


def test_a_photo_for_which_the_disk_has_no_room_leaves_nothing(in_heideblick, tmp_path):
    noise = io.BytesIO()
    Image.effect_noise((1600, 1200), 100).save(noise, "JPEG")
    upload = SimpleUploadedFile("foto.jpg", noise.getvalue())
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    # The file system takes the first part and refuses the rest, as a full one does.
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, limits[1]))
    try:
        with pytest.raises(StorageFull):
            store(upload)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)

    assert on_disk(tmp_path) == []
    assert StoredFile.objects.count() == 0


def test_a_photo_whose_row_is_refused_leaves_nothing(in_heideblick, tmp_path):
    with pytest.raises(DataError), transaction.atomic():
        api.store_photo(upload=photo_upload(), owner="x" * 500, by=CITIZEN, at=clock.now())

    assert on_disk(tmp_path) == []
