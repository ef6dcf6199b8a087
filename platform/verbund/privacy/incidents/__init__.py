# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What has to be reported when personal data got into wrong hands (Art. 33 DSGVO)."""
