# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
r"""\`make demo\`: the whole platform on one machine, with 37 municipalities."""
