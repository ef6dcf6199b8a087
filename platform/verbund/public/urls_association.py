# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The association's own texts, for everybody and for those who write them."""

from __future__ import annotations

from django.urls import path

from verbund.public import urls_staff
from verbund.public.kinds import PageKind
from verbund.public.views import citizens

urlpatterns = [
    path("barrierefreiheit/melden/", citizens.barrier_feedback, name="barrier-feedback"),
    path("barrierefreiheit/danke/", citizens.barrier_feedback_sent, name="barrier-feedback-sent"),
    *(path(f"{kind.value}/", citizens.legal_page, {"kind": kind}, name=kind.value) for kind in PageKind),
    *urls_staff.urlpatterns,
]
