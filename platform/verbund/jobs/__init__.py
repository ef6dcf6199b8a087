# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Background work: tasks that carry their municipality, and jobs whose steps people can watch."""
