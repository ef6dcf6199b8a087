# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Open311 GeoReport v2: the interface that other towns' apps and portals speak."""
