# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""People and programs that may sign in: accounts, roles, second factors, sessions, invitations, API tokens."""
