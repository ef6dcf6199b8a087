# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the inbox asks: where a request is worked on, and what its state is called."""

from __future__ import annotations

from django.urls import reverse

from verbund.privacy.persons.models import State


def staff_path(reference: str) -> str:
    """The page for the office."""
    return reverse(
        "privacy-staff:request",
        kwargs={"reference": reference},
        urlconf="verbund.config.urls.municipality",
    )


def state_label(state: str) -> str:
    """What people read."""
    return str(State(state).label)
