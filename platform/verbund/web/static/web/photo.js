// SPDX-FileCopyrightText: 2026 Verbund contributors
// SPDX-License-Identifier: EUPL-1.2
// <x-fotos> around a file input shows what was chosen, lets single files be taken out again, and makes large photos
// smaller before they travel. Without it the input works as the browser made it.
"use strict";
(() => {
  const LONGEST_EDGE = 2400;
  const PREVIEW_EDGE = 320;
  const QUALITY = 0.85;

  class Photos extends HTMLElement {
    connectedCallback() {
      this.input = this.querySelector("input[type=file]");
      if (!this.input || this.list) return;
      this.files = [];
      this.list = document.createElement("ul");
      this.list.className = "vb-photos__list";
      this.status = document.createElement("p");
      this.status.className = "kern-sr-only";
      this.status.setAttribute("role", "status");
      this.append(this.list, this.status);
      this.input.addEventListener("change", () => this.take([...this.input.files]));
    }

    /** Files chosen now join those chosen before; a camera hands over one at a time. */
    async take(chosen) {
      const smaller = await Promise.all(chosen.map(shrink));
      this.files = this.input.multiple ? [...this.files, ...smaller] : smaller.slice(0, 1);
      await this.show();
    }

    async show() {
      const transfer = new DataTransfer();
      this.files.forEach((file) => transfer.items.add(file));
      this.input.files = transfer.files;
      this.list.replaceChildren(...(await Promise.all(this.files.map((file) => this.item(file)))));
      this.status.textContent = `${this.files.length} ${this.dataset.chosen ?? ""}`;
    }

    async item(file) {
      const item = document.createElement("li");
      item.className = "vb-photos__photo";
      const name = document.createElement("span");
      name.className = "vb-photos__name";
      name.textContent = file.name;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "vb-photos__remove";
      remove.textContent = this.dataset.remove ?? "×";
      remove.setAttribute("aria-label", `${this.dataset.remove}: ${file.name}`);
      remove.addEventListener("click", () => this.drop(file));
      const picture = await preview(file);
      if (picture) item.append(picture);
      item.append(name, remove);
      return item;
    }

    async drop(file) {
      const position = this.files.indexOf(file);
      this.files.splice(position, 1);
      await this.show();
      const next = this.list.querySelectorAll("button")[Math.min(position, this.files.length - 1)];
      (next ?? this.input).focus();
    }
  }

  function scaled(bitmap, edge) {
    const factor = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * factor);
    canvas.height = Math.round(bitmap.height * factor);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  /** The bitmap, upright; null for what the browser cannot read, such as HEIC in most of them. */
  async function bitmapOf(file) {
    if (!file.type.startsWith("image/")) return null;
    try {
      return await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
      return null;
    }
  }

  async function shrink(file) {
    const bitmap = await bitmapOf(file);
    if (!bitmap || Math.max(bitmap.width, bitmap.height) <= LONGEST_EDGE) return file;
    const canvas = scaled(bitmap, LONGEST_EDGE);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    const name = `${file.name.replace(/\.[^.]+$/, "")}.jpg`;
    return new File([blob], name, { type: "image/jpeg", lastModified: file.lastModified });
  }

  /** A data: address, because the policy allows no blob: pictures. */
  async function preview(file) {
    const bitmap = await bitmapOf(file);
    if (!bitmap) return null;
    const picture = document.createElement("img");
    picture.className = "vb-photos__picture";
    picture.alt = "";
    picture.src = scaled(bitmap, PREVIEW_EDGE).toDataURL("image/jpeg", QUALITY);
    return picture;
  }

  customElements.define("x-fotos", Photos);
})();
