# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is offered to the competent archive before it is deleted (§ 4 BbgArchivG)."""
