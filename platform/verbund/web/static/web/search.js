// SPDX-FileCopyrightText: 2026 Verbund contributors
// SPDX-License-Identifier: EUPL-1.2
// The key / leads into the search box, unless somebody is writing or has switched it off. Every page works without it.
"use strict";

(() => {
  const KEPT = "suche-taste";
  const isOff = () => localStorage.getItem(KEPT) === "aus";

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isOff()) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]")) return;
    const box = [...document.querySelectorAll("[data-search]")].find((found) => found.offsetParent);
    const link = [...document.querySelectorAll("a[data-search-page]")].find((found) => found.offsetParent);
    if (!box && !link) return;
    event.preventDefault();
    if (!box) return link.click(); // narrow pages have a link where the box would be; the page behind it has the box
    box.focus();
    box.select();
  });

  const setting = document.querySelector("[data-search-key]");
  if (!setting) return;
  const check = setting.querySelector("input");
  check.checked = !isOff();
  check.addEventListener("change", () => localStorage.setItem(KEPT, check.checked ? "an" : "aus"));
  setting.hidden = false;
})();
