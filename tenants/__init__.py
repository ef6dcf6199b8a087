# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Municipalities: registry, hosts, isolation, schema engine and life cycle."""
