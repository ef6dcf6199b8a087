# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the vault package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.specs import (
    KEPT_WITH_OWNER,
    App,
    AppScope,
    DoctorCheck,
    Lifecycle,
    LifecycleStep,
    PackageSpec,
    PrivacyEntry,
    Transient,
)

PACKAGE = PackageSpec(
    slug="vault",
    label=_("Geheimnisspeicher"),
    apps=(App(name="verbund.vault", scope=AppScope.BOTH),),
    privacy=(
        PrivacyEntry(
            model="vault.DataKey",
            purpose=_("Personenbezogene Angaben verschlüsseln"),
            personal=False,
            retention=_("bis zum Ausscheiden der Kommune; dann wird der Hauptschlüssel vernichtet"),
            kept_by=KEPT_WITH_OWNER,
        ),
        PrivacyEntry(
            model="vault.SecretOnTheWay",
            purpose=_("Zugangsdaten der Kommune in den Geheimnisspeicher bringen"),
            personal=False,
            retention=_("Sekunden, bis sie dort sind"),
            kept_by=KEPT_WITH_OWNER,
        ),
    ),
    lifecycle=Lifecycle(
        transient=(
            Transient(
                model="vault.DataKey", reason=_("steht im Schlüsselteil, für den Empfänger verschlossen")
            ),
            Transient(
                model="vault.SecretOnTheWay", reason=_("Zugangsdaten verlassen diese Installation nicht")
            ),
        ),
        doctor=(
            DoctorCheck(
                name="keys", label=_("Schlüssel"), order=20, check="verbund.vault.checks:look_at_keys"
            ),
        ),
        provision=(
            LifecycleStep(
                name="vault",
                label=_("Geheimnisspeicher: Bereich, Rechte und Schlüssel"),
                order=200,
                check="verbund.vault.provision:access_is_done",
                do="verbund.vault.provision:make_access",
                undo="verbund.vault.provision:undo_access",
            ),
            LifecycleStep(
                name="vault_data_keys",
                label=_("Datenschlüssel anlegen und erproben"),
                order=210,
                check="verbund.vault.provision:data_keys_are_done",
                do="verbund.vault.provision:make_data_keys",
                undo="verbund.vault.provision:undo_data_keys",
            ),
        ),
        rekey=(
            LifecycleStep(
                name="transit_key",
                label=_("Neue Version des Hauptschlüssels"),
                order=100,
                check="verbund.vault.rekey:is_rotated",
                do="verbund.vault.rekey:rotate",
                undo="verbund.vault.rekey:undo",
            ),
            LifecycleStep(
                name="rewrap",
                label=_("Datenschlüssel neu verpacken"),
                order=200,
                check="verbund.vault.rekey:is_rewrapped",
                do="verbund.vault.rekey:rewrap",
                undo="verbund.vault.rekey:undo",
            ),
            LifecycleStep(
                name="close",
                label=_("Prüfen und alte Versionen sperren"),
                order=300,
                check="verbund.vault.rekey:is_closed",
                do="verbund.vault.rekey:close",
                undo="verbund.vault.rekey:undo",
            ),
            LifecycleStep(
                name="data_key",
                label=_("Neuer Datenschlüssel"),
                order=500,
                check="verbund.vault.rekey:is_renewed",
                do="verbund.vault.rekey:renew",
                undo="verbund.vault.rekey:undo",
            ),
            LifecycleStep(
                name="reencrypt",
                label=_("Angaben neu verschlüsseln"),
                order=600,
                check="verbund.vault.rekey:is_reencrypted",
                do="verbund.vault.rekey:reencrypt",
                undo="verbund.vault.rekey:undo",
            ),
        ),
        offboard=(
            LifecycleStep(
                name="vault_access",
                label=_("Geheimnisspeicher: Zugriff entziehen"),
                order=200,
                check="verbund.vault.leaving:access_is_withdrawn",
                do="verbund.vault.leaving:withdraw_access",
                undo="verbund.vault.leaving:never",
            ),
            LifecycleStep(
                name="vault_secrets",
                label=_("Geheimnisspeicher: Zugangsdaten löschen"),
                order=210,
                check="verbund.vault.leaving:secrets_are_deleted",
                do="verbund.vault.leaving:delete_secrets",
                undo="verbund.vault.leaving:never",
            ),
            LifecycleStep(
                name="vault_key",
                label=_("Geheimnisspeicher: Schlüssel vernichten"),
                order=220,
                check="verbund.vault.leaving:key_is_destroyed",
                do="verbund.vault.leaving:destroy_key",
                undo="verbund.vault.leaving:never",
            ),
        ),
    ),
    readiness=("verbund.vault.readiness:check_ready",),
)
