# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shares an actual cost among members by keys, to the cent and with proof; knows neither database nor Django."""
