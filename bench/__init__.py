# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Measures what our tenancy costs, side by side with plain Django and stock django-tenants: `make bench`."""
