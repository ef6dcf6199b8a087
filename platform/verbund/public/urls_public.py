# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's start page and its texts, at addresses that stay."""

from __future__ import annotations

from django.urls import path

from verbund.public.kinds import PageKind
from verbund.public.views import citizens

urlpatterns = [
    path("", citizens.start, name="start"),
    path("barrierefreiheit/melden/", citizens.barrier_feedback, name="barrier-feedback"),
    path("barrierefreiheit/danke/", citizens.barrier_feedback_sent, name="barrier-feedback-sent"),
    path("robots.txt", citizens.robots, name="robots"),
    *(path(f"{kind.value}/", citizens.legal_page, {"kind": kind}, name=kind.value) for kind in PageKind),
]
