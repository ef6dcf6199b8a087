# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens when a part fails: killed, hung, sealed or full. Run by hand with `make resilience`."""
