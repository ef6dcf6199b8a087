# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the proof; it has no tables, only texts."""

from __future__ import annotations

from django.apps import AppConfig


class ProofConfig(AppConfig):
    name = "verbund.proof"
    label = "proof"
