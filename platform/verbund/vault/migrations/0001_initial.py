# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of wrapped data keys; nobody but the owner may delete one."""

from django.db import migrations, models

# A deleted row would make everything it ever sealed unreadable. Role and schema have the same name.
FORWARD = """
DO $do$
BEGIN
  EXECUTE format('REVOKE DELETE, TRUNCATE ON vault_datakey FROM %I', current_schema());
END
$do$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="DataKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("SEAL", "Verschlüsselung"), ("INDEX", "Suche")], max_length=8),
                ),
                ("version", models.PositiveIntegerField()),
                ("wrapped", models.TextField()),
                ("created_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "version"), name="vault_datakey_version"),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)),
                        fields=("kind",),
                        name="vault_datakey_one_current",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
