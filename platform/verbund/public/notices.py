# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells the association's operators which texts of its own host nobody can read yet."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext as _

from verbund.kernel.ports import Notice
from verbund.public import foot
from verbund.public.addresses import staff_path
from verbund.public.permissions import PublicPermission


def missing(request: HttpRequest) -> Iterator[Notice]:
    """One notice for those who may write the texts, as long as a mandatory one is not published."""
    if not request.user.may(PublicPermission.EDIT_PAGES):  # type: ignore[union-attr]  # asked for signed-in people only
        return
    kinds = foot.unpublished()
    if kinds:
        yield Notice(
            kind="warning",
            title=_("Rechtstexte des Verbands fehlen"),
            text=_("Auf dieser Adresse ist noch nicht veröffentlicht: %(pages)s.")
            % {"pages": ", ".join(str(kind.label) for kind in kinds)},
            link=(_("Texte schreiben und bestätigen"), staff_path("pages")),
            order=30,
        )
