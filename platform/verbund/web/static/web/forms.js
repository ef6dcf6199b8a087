// SPDX-FileCopyrightText: 2026 Verbund contributors
// SPDX-License-Identifier: EUPL-1.2
// Small comforts for forms and menus. Every page works without this file.
"use strict";
(() => {
  /** Move the focus to the list of errors, so that it is read out first. */
  function focusErrors(root) {
    root.querySelector("[data-error-summary]")?.focus();
  }

  /** A link of the error summary leads into its field, not only near it. */
  function followErrorLink(event) {
    const link = event.target.closest?.("[data-error-summary] a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.closest(".vb-field")?.scrollIntoView({ block: "center" });
  }

  /** A second press of the button must not send the form twice. */
  function guardSubmission(event) {
    const form = event.target;
    if (!form.matches?.("form[data-form]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    delete form.dataset.changed;
    event.submitter?.setAttribute("aria-busy", "true");
  }

  function forgetSubmissions() {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
    }
  }

  function warnOfChanges(event) {
    if (document.querySelector("form[data-guard][data-changed]")) event.preventDefault();
  }

  /** Menus made of <details> close when one clicks elsewhere or presses Escape. */
  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details[data-dismiss][open]")) {
      if (!menu.contains(except)) menu.open = false;
    }
  }

  function closeMenuByKey(event) {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details[data-dismiss][open]");
    closeMenus(null);
    menu?.querySelector("summary")?.focus();
  }

  function offerToShowPasswords(root) {
    for (const field of root.querySelectorAll("[data-show-password]")) {
      const input = field.querySelector("input");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "vb-password__show";
      button.textContent = field.dataset.showPassword;
      button.setAttribute("aria-pressed", "false");
      button.setAttribute("aria-controls", input.id);
      button.addEventListener("click", () => {
        const shown = input.type === "text";
        input.type = shown ? "password" : "text";
        button.setAttribute("aria-pressed", String(!shown));
      });
      field.append(button);
      delete field.dataset.showPassword;
    }
  }

  /** What htmx could not fetch is said in the region for messages; the page stays as it was. */
  function tellFailure(event) {
    forgetSubmissions();
    const region = document.getElementById("meldungen");
    if (!region) return;
    const reference = event.detail.xhr?.getResponseHeader("X-Request-ID");
    const box = document.createElement("div");
    box.className = "kern-alert kern-alert--danger vb-alert";
    const text = document.createElement("p");
    text.className = "kern-alert__header kern-title";
    text.textContent = region.dataset.failed + (reference ? ` (${reference})` : "");
    box.append(text);
    region.replaceChildren(box);
  }

  document.addEventListener("click", (event) => {
    followErrorLink(event);
    closeMenus(event.target);
  });
  document.addEventListener("keydown", closeMenuByKey);
  document.addEventListener("submit", guardSubmission);
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("form[data-guard]")) form.dataset.changed = "yes";
  });
  window.addEventListener("beforeunload", warnOfChanges);
  window.addEventListener("pageshow", forgetSubmissions);
  document.addEventListener("htmx:afterSwap", (event) => {
    forgetSubmissions();
    offerToShowPasswords(event.target);
    focusErrors(event.target);
  });

  document.addEventListener("htmx:responseError", tellFailure);
  document.addEventListener("htmx:sendError", tellFailure);

  offerToShowPasswords(document);
  focusErrors(document);
})();
