# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service of thresholds and of mails about documents."""

from __future__ import annotations

from functools import partial

from billing.alerts.document_mail import set_document_mail
from billing.alerts.models import Threshold
from billing.alerts.setting import remove_threshold, set_threshold
from tests.conformance.samples import Stage
from verbund.kernel import clock

_PATH = "/verwaltung/nutzung/schwellen/"


def _set(stage: Stage) -> Threshold:
    return set_threshold(meter="http.requests", amount=10, told={stage.chief.pk}, by=stage.by, at=clock.now())


ROUTES = {
    "municipality billing-staff:thresholds": lambda stage: stage.client().post(
        _PATH, {"meter": "euro", "amount": "5", "told": [str(stage.chief.pk)]}
    ),
    "municipality billing-staff:threshold_remove": lambda stage: stage.client().post(
        f"{_PATH}{_set(stage).pk}/entfernen/"
    ),
    "municipality billing-staff:document-mail": lambda stage: stage.client().post(
        "/verwaltung/nutzung/dokumente/benachrichtigung/", {"wanted": "0"}
    ),
}
SERVICES = {
    "billing.alerts.document_mail.set_document_mail": lambda stage: partial(
        set_document_mail, wanted=False, by=stage.by, at=clock.now()
    ),
    "billing.alerts.setting.set_threshold": lambda stage: partial(
        set_threshold, meter="", amount=7, told={stage.chief.pk}, by=stage.by, at=clock.now()
    ),
    "billing.alerts.setting.remove_threshold": lambda stage: partial(
        remove_threshold, threshold_id=_set(stage).pk, by=stage.by, at=clock.now()
    ),
}
