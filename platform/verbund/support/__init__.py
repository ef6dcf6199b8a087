# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Support access: somebody of the association is let into one municipality for a while, without an account there."""
