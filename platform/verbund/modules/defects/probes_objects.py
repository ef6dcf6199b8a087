# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the probes of the Mängelmelder are made of: a place, a photo, a report."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from verbund.cases.models import CaseCounter
from verbund.kernel import clock, context
from verbund.kernel.actors import CITIZEN
from verbund.kernel.probes import Stage, Upload
from verbund.modules.defects import reporting
from verbund.modules.defects.models import Report
from verbund.modules.defects.references import PREFIX
from verbund.modules.defects.reporting import NewReport
from verbund.places.basemap import body_shapes

MUNICIPALITY = "verbund.config.urls.municipality"
CATEGORY = "street-light"


def spot() -> tuple[float, float]:
    """A point well inside the entered municipality."""
    shape = body_shapes()[context.current_municipality().bodies[0].ags]
    return shape.label_lat, shape.label_lon


def new_report(stage: Stage, **fields: Any) -> NewReport:
    latitude, longitude = spot()
    values: dict[str, Any] = {
        "category": CATEGORY,
        "latitude": latitude,
        "longitude": longitude,
        "address": f"Hauptstraße 12 {stage.canary}",
        "place_note": f"am Tor {stage.canary}",
        "description": f"Dunkel seit Montag {stage.canary}",
        **fields,
    }
    return NewReport(**values)


def _numbers_apart(_stage: Stage) -> bool:
    """References count up in each municipality; here no number occurs in two of them."""
    number = context.current_municipality().number
    CaseCounter.objects.update_or_create(
        prefix=PREFIX, year=clock.today().year, defaults={"last": number * 1000}
    )
    return True


def received_report(stage: Stage, **fields: Any) -> Report:
    """A report the office has received, with a number that occurs nowhere else."""
    stage.once("defects.numbers", _numbers_apart)
    return reporting.submit_report(new=new_report(stage, **fields), by=CITIZEN, at=clock.now())


def photo_bytes() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (640, 480), "#3b6ea5").save(target, "JPEG")
    return target.getvalue()


def photo() -> SimpleUploadedFile:
    """A photo as a service takes it."""
    return SimpleUploadedFile("foto.jpg", photo_bytes(), content_type="image/jpeg")


def photo_upload() -> Upload:
    """A photo in the data of an Ask."""
    return Upload(name="foto.jpg", content=photo_bytes(), media_type="image/jpeg")
