# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Metering: nothing lost, nothing twice, nothing of undone work."""
