// SPDX-FileCopyrightText: 2026 Verbund contributors
// SPDX-License-Identifier: EUPL-1.2
// The inbox: one box chooses all rows, and the number of chosen ones is said. Everything works without it.
"use strict";

(() => {
  const form = document.querySelector("[data-bulk]");
  if (!form) return;
  const boxes = [...form.querySelectorAll("input[name=vorgang]")];
  const all = form.querySelector("[data-all]");
  const said = form.querySelector("[data-chosen]");
  all.closest("[hidden]").hidden = false;

  const show = () => {
    const number = boxes.filter((box) => box.checked).length;
    all.checked = number === boxes.length;
    all.indeterminate = number > 0 && number < boxes.length;
    said.textContent = number ? `(${number} ${said.dataset.chosen})` : "";
  };
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    show();
  });
  form.addEventListener("change", show);
  show();
})();
