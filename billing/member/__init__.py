# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a member sees of its own usage and costs: read from the association, and nothing of anybody else."""
