# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Secrets and keys: references to Vault, tokens per municipality, encryption of personal data."""
