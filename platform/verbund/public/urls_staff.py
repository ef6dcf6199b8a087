# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the administration writes its texts and answers feedback on barriers."""

from __future__ import annotations

from django.urls import path, register_converter

from verbund.public.kinds import PageKind
from verbund.public.views import staff


class PageKindConverter:
    """A kind of page in an address."""

    regex = "|".join(kind.value for kind in PageKind)

    def to_python(self, value: str) -> PageKind:
        return PageKind(value)

    def to_url(self, value: str) -> str:
        return PageKind(value).value


register_converter(PageKindConverter, "page_kind")

urlpatterns = [
    path("seiten/", staff.pages_list, name="pages"),
    path("seiten/kontaktangaben/", staff.contact, name="contact"),
    path("seiten/<page_kind:kind>/", staff.edit_page, name="page"),
    path("seiten/<page_kind:kind>/bestaetigen/", staff.confirm, name="confirm"),
    path("seiten/<page_kind:kind>/fassungen/<int:number>/", staff.version, name="version"),
    path("rueckmeldungen/<int:feedback_id>/", staff.feedback, name="feedback"),
    path("rueckmeldungen/<int:feedback_id>/erledigt/", staff.close, name="feedback-close"),
]
