# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What arrived, by tenant, month and meter; filled with what is there already."""

from django.db import migrations, models

FILL = """
INSERT INTO metering_usagearrival (tenant, month, meter, n)
SELECT tenant, date_trunc('month', hour AT TIME ZONE 'Europe/Berlin')::date, meter, sum(n) FROM (
    SELECT tenant, hour, meter, n FROM metering_usagecounter UNION ALL SELECT tenant, hour, meter, n FROM metering_usagelate
) AS arrived GROUP BY 1, 2, 3
"""


class Migration(migrations.Migration):
    dependencies = [("metering", "0005_batches_of_a_day")]
    operations = [
        migrations.CreateModel(
            name="UsageArrival",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "tenant",
                        "month",
                        "meter",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("tenant", models.BigIntegerField()),
                ("month", models.DateField()),
                ("meter", models.CharField(max_length=64)),
                ("n", models.BigIntegerField()),
                ("last_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
