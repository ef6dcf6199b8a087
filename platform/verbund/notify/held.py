# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Doctor says of mail that came out of an archive: it waits here and is the origin's to send."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import ngettext

from verbund.kernel.context import Municipality
from verbund.kernel.ports import Diagnosis
from verbund.notify.delivery import held


def look(municipality: Municipality) -> Iterator[Diagnosis]:
    """A warning while there is any."""
    count = held().count() if municipality.restored_at is not None else 0
    if count:
        yield Diagnosis(
            code="notify.held",
            level="warning",
            message=ngettext(
                "%(count)s E-Mail aus der Zeit vor der Wiederherstellung wird von hier nicht versendet.",
                "%(count)s E-Mails aus der Zeit vor der Wiederherstellung werden von hier nicht versendet.",
                count,
            )
            % {"count": count},
            at=municipality.restored_at,
        )
