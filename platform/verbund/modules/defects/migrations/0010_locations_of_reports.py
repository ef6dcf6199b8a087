# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every report there is gets its location: the same point, the same words."""

from django.db import migrations

# Each report draws a number first, so that the row made for it is found again; the references are checked at the end.
NUMBERS = """
UPDATE defects_report SET location_id = nextval(pg_get_serial_sequence('places_location', 'id'))
WHERE location_id IS NULL
"""
LOCATIONS = """
INSERT INTO places_location (id, address, box)
SELECT r.location_id, r.address, box(point(r.longitude, r.latitude), point(r.longitude, r.latitude))
FROM defects_report r LEFT JOIN places_location l ON l.id = r.location_id
WHERE l.id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("defects", "0009_report_location")]

    operations = [migrations.RunSQL([NUMBERS, LOCATIONS], migrations.RunSQL.noop)]
