// SPDX-FileCopyrightText: 2026 Verbund contributors
// SPDX-License-Identifier: EUPL-1.2
// What was chosen last counts: typing an address forgets the point that was picked on the map.
"use strict";
(() => {
  const address = document.getElementById("id_address");
  const point = ["id_latitude", "id_longitude"].map((id) => document.getElementById(id));
  address?.addEventListener("input", () => {
    for (const input of point) input.value = "";
  });
})();
