# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The processing agreement (Art. 28 DSGVO): its versions, and who has signed which."""
