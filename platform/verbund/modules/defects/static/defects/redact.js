// SPDX-FileCopyrightText: 2026 Verbund contributors
// SPDX-License-Identifier: EUPL-1.2
// Boxes are drawn on the photo and written into the field, which is what is sent; without this file people write them.
"use strict";
(() => {
  const frame = document.querySelector("[data-redact]");
  const field = document.querySelector("[data-boxes]");
  if (!frame || !field) return;
  const picture = frame.querySelector(".df-redact__picture");
  const image = picture.querySelector("img");
  const tools = frame.querySelector(".df-redact__tools");
  const [add, remove] = tools.querySelectorAll("button");
  const most = Number(frame.dataset.most);
  const SMALLEST = 1;
  let boxes = [];
  let chosen = -1;

  const rounded = (value) => Math.round(value * 10) / 10;
  const within = (value, low, high) => Math.min(Math.max(value, low), high);

  const read = () =>
    field.value
      .split("\n")
      .map((line) => line.trim().split(/[\s;]+/).map((part) => Number(part.replace(",", "."))))
      .filter((parts) => parts.length === 4 && parts.every((part) => Number.isFinite(part)));

  const write = () => {
    field.value = boxes.map((box) => box.map(rounded).join(" ")).join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const name = (box, number) =>
    `${frame.dataset.box} ${number + 1}: ${box.map((part) => `${Math.round(part)} %`).join(", ")}`;

  const show = (focus = false) => {
    for (const old of picture.querySelectorAll(".df-box")) old.remove();
    boxes.forEach((box, number) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "df-box";
      button.setAttribute("aria-label", name(box, number));
      button.setAttribute("aria-pressed", String(number === chosen));
      button.setAttribute("aria-describedby", "redact-hilfe");
      ["left", "top", "width", "height"].forEach((side, part) => {
        button.style[side] = `${box[part]}%`;
      });
      button.addEventListener("focus", () => choose(number));
      button.addEventListener("keydown", (event) => move(event, number));
      picture.append(button);
      if (focus && number === chosen) button.focus();
    });
    remove.disabled = chosen < 0;
    add.disabled = boxes.length >= most;
  };

  const choose = (number) => {
    if (chosen === number) return;
    chosen = number;
    picture.querySelectorAll(".df-box").forEach((button, index) => {
      button.setAttribute("aria-pressed", String(index === number));
    });
    remove.disabled = false;
  };

  const take = (number) => {
    boxes.splice(number, 1);
    chosen = Math.min(number, boxes.length - 1);
    write();
    show(true);
    if (!boxes.length) add.focus();
  };

  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const move = (event, number) => {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      take(number);
      return;
    }
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const [left, top, width, height] = boxes[number];
    boxes[number] = event.shiftKey
      ? [left, top, within(width + step[0], SMALLEST, 100 - left), within(height + step[1], SMALLEST, 100 - top)]
      : [within(left + step[0], 0, 100 - width), within(top + step[1], 0, 100 - height), width, height];
    write();
    show(true);
  };

  const place = (event) => {
    const area = image.getBoundingClientRect();
    return [
      within(((event.clientX - area.left) / area.width) * 100, 0, 100),
      within(((event.clientY - area.top) / area.height) * 100, 0, 100),
    ];
  };

  image.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || boxes.length >= most) return;
    event.preventDefault();
    image.setPointerCapture(event.pointerId);
    const from = place(event);
    chosen = boxes.push([...from, 0, 0]) - 1;
    const draw = (moved) => {
      const to = place(moved);
      boxes[chosen] = [
        Math.min(from[0], to[0]),
        Math.min(from[1], to[1]),
        Math.abs(from[0] - to[0]),
        Math.abs(from[1] - to[1]),
      ];
      show();
    };
    const end = () => {
      image.removeEventListener("pointermove", draw);
      // A press without a stroke is none.
      if (boxes[chosen][2] < SMALLEST || boxes[chosen][3] < SMALLEST) boxes.splice(chosen, 1);
      chosen = Math.min(chosen, boxes.length - 1);
      write();
      show();
    };
    image.addEventListener("pointermove", draw);
    image.addEventListener("pointerup", end, { once: true });
    image.addEventListener("pointercancel", end, { once: true });
  });

  add.type = "button";
  remove.type = "button";
  add.addEventListener("click", () => {
    chosen = boxes.push([40, 40, 20, 20]) - 1;
    write();
    show(true);
  });
  remove.addEventListener("click", () => take(chosen));
  field.addEventListener("change", () => {
    boxes = read();
    chosen = -1;
    show();
  });

  boxes = read();
  tools.hidden = false;
  frame.classList.add("df-redact--live");
  show();
})();
