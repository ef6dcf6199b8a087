# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL, OpenBao, Valkey and a mail sink as child processes: for the demo and the tests only."""
