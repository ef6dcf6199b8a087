# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses for templates that stand on both kinds of host."""

from __future__ import annotations

from django import template

from verbund.public.addresses import public_path, staff_path

register = template.Library()
register.simple_tag(public_path, name="public_path")
register.simple_tag(staff_path, name="staff_path")
