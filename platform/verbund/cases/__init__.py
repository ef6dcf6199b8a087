# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The spine of every case: number, who looks after it, deadline, staff inbox."""
