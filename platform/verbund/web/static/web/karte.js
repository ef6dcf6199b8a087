// SPDX-FileCopyrightText: 2026 Verbund contributors
// SPDX-License-Identifier: EUPL-1.2
// <x-karte>: a Leaflet map fed by attributes (see the tag map_view). mode="show" puts the features of a GeoJSON
// address on it; mode="pick" writes a point into two inputs, by pointer or by keyboard.
"use strict";
(() => {
  const CLUSTER_RADIUS = 56;
  const PICK_ZOOM = 17;
  const DIGITS = 6;

  class Karte extends HTMLElement {
    connectedCallback() {
      if (this.map) return;
      this.words = this.dataset;
      this.setAttribute("role", "region");
      this.setAttribute("aria-label", this.getAttribute("name") ?? "");
      this.frame = document.createElement("div");
      this.frame.className = "vb-map__canvas";
      this.replaceChildren(this.frame);
      this.draw();
      if (this.getAttribute("points")) this.load();
      if (this.getAttribute("mode") === "pick") this.allowPicking();
    }

    disconnectedCallback() {
      this.map?.remove();
      this.map = null;
    }

    draw() {
      this.map = L.map(this.frame, { zoomControl: false, scrollWheelZoom: false });
      this.map.attributionControl.setPrefix(false);
      L.control.zoom({ zoomInTitle: this.words.zoomIn, zoomOutTitle: this.words.zoomOut }).addTo(this.map);
      L.tileLayer(this.getAttribute("tiles"), { maxZoom: 19, attribution: escaped(this.getAttribute("attribution") ?? "") }).addTo(this.map);
      const [south, west, north, east] = this.getAttribute("bounds").split(",").map(Number);
      this.map.fitBounds([[south, west], [north, east]]);
      // Scrolling the page must not zoom by accident; once the map is in use the wheel may.
      this.map.on("focus", () => this.map.scrollWheelZoom.enable());
      this.map.on("blur", () => this.map.scrollWheelZoom.disable());
      this.map.on("popupopen", (event) => {
        event.popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", this.words.close);
      });
    }

    // ---------------------------------------------------------------- showing

    async load() {
      try {
        const response = await fetch(this.getAttribute("points"), { headers: { Accept: "application/geo+json" } });
        if (!response.ok) throw new Error(String(response.status));
        this.showFeatures(await response.json());
      } catch {
        this.say(this.words.failed, true);
      }
    }

    showFeatures(collection) {
      const clusters = L.markerClusterGroup({
        maxClusterRadius: CLUSTER_RADIUS,
        showCoverageOnHover: false,
        iconCreateFunction: (cluster) => clusterIcon(cluster.getChildCount()),
      });
      const shapes = L.geoJSON(collection, {
        pointToLayer: (feature, position) => this.pin(feature, position),
        onEachFeature: (feature, layer) => layer.bindPopup(() => popup(feature.properties)),
        style: () => ({ className: "vb-shape" }),
      });
      shapes.eachLayer((layer) => (layer instanceof L.Marker ? clusters.addLayer(layer) : layer.addTo(this.map)));
      clusters.on("animationend", () => this.nameClusters());
      this.map.addLayer(clusters).on("moveend", () => this.nameClusters());
      this.nameClusters();
    }

    pin(feature, position) {
      const { title, state, kind, row } = feature.properties;
      const marker = L.marker(position, { icon: pinIcon(kind), riseOnHover: true });
      marker.on("add", () => {
        marker.getElement().setAttribute("aria-label", state ? `${title}, ${state}` : title);
        this.tie(marker, row && document.getElementById(row));
      });
      return marker;
    }

    /** Pin and row of the list light up together. */
    tie(marker, row) {
      if (!row) return;
      const icon = marker.getElement();
      const light = (on) => () => [icon, row].forEach((element) => element.classList.toggle("is-active", on));
      for (const element of [icon, row]) {
        element.addEventListener("mouseenter", light(true));
        element.addEventListener("mouseleave", light(false));
        element.addEventListener("focusin", light(true));
        element.addEventListener("focusout", light(false));
      }
    }

    nameClusters() {
      for (const icon of this.frame.querySelectorAll(".vb-cluster")) {
        icon.setAttribute("aria-label", `${icon.textContent} ${this.words.entries}`);
      }
    }

    // ---------------------------------------------------------------- picking

    allowPicking() {
      this.inputs = ["latitude", "longitude"].map((name) => document.getElementById(this.getAttribute(name)));
      this.frame.append(element("span", "vb-map__cross"));
      const set = this.button(this.words.set, "check", () => this.choose(this.map.getCenter()));
      const locate = this.button(this.words.locate, "home", () => this.map.locate({ enableHighAccuracy: true, timeout: 10000 }));
      const bar = element("div", "vb-map__bar");
      this.hint = element("p", "vb-map__hint");
      this.hint.id = `${this.id}-hinweis`;
      this.hint.setAttribute("role", "status");
      this.hint.textContent = this.words.hint;
      this.frame.setAttribute("aria-describedby", this.hint.id);
      bar.append(set, locate);
      this.append(bar, this.hint);
      this.map.on("click", (event) => this.choose(event.latlng));
      this.map.on("locationfound", (event) => this.choose(event.latlng, PICK_ZOOM));
      this.map.on("locationerror", () => this.say(this.words.locateFailed));
      this.frame.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.target !== this.frame) return;
        event.preventDefault();
        this.choose(this.map.getCenter());
      });
      const [latitude, longitude] = this.inputs.map((input) => Number.parseFloat(input.value.replace(",", ".")));
      if (Number.isFinite(latitude) && Number.isFinite(longitude)) this.choose(L.latLng(latitude, longitude), PICK_ZOOM);
    }

    choose(position, zoom = this.map.getZoom()) {
      this.marker ??= this.pickedMarker(position);
      this.marker.setLatLng(position);
      this.map.setView(position, zoom);
      const values = [position.lat, position.lng].map((value) => value.toFixed(DIGITS));
      this.inputs.forEach((input, at) => {
        input.value = values[at];
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
      this.say(`${this.words.done} ${values.map((value) => value.slice(0, -1).replace(".", ",")).join(" / ")}`);
      this.dispatchEvent(new CustomEvent("karte:ort", { bubbles: true, detail: { lat: position.lat, lon: position.lng } }));
    }

    pickedMarker(position) {
      const marker = L.marker(position, { icon: pinIcon("picked"), draggable: true, autoPan: true }).addTo(this.map);
      marker.getElement().setAttribute("aria-label", this.getAttribute("name"));
      marker.on("dragend", () => this.choose(marker.getLatLng()));
      return marker;
    }

    button(label, icon, action) {
      const button = element("button", "kern-btn kern-btn--secondary kern-btn--small");
      button.type = "button";
      const text = element("span", "kern-label");
      text.textContent = label;
      const picture = element("span", `kern-icon kern-icon--${icon}`);
      picture.setAttribute("aria-hidden", "true");
      button.append(picture, text);
      button.addEventListener("click", action);
      return button;
    }

    say(text, isNew = false) {
      if (!this.hint || isNew) {
        this.hint = element("p", "vb-map__hint");
        this.hint.setAttribute("role", "status");
        this.append(this.hint);
      }
      this.hint.textContent = text;
    }
  }

  function element(name, className) {
    const made = document.createElement(name);
    made.className = className;
    return made;
  }

  function escaped(text) {
    const carrier = document.createElement("span");
    carrier.textContent = text;
    return carrier.innerHTML;
  }

  function pinIcon(kind) {
    const known = ["red", "yellow", "green", "yellow-green", "picked"].includes(kind) ? kind : "plain";
    return L.divIcon({ className: `vb-pin vb-pin--${known}`, iconSize: [32, 40], iconAnchor: [16, 38], popupAnchor: [0, -34] });
  }

  function clusterIcon(count) {
    return L.divIcon({ className: "vb-cluster", html: String(Number(count)), iconSize: [44, 44] });
  }

  /** Built from elements, so that a title can never become markup. */
  function popup({ title, url, state }) {
    const box = element("div", "vb-popup");
    const name = element(url ? "a" : "span", "vb-popup__title");
    if (url) name.href = url;
    name.textContent = title;
    box.append(name);
    if (state) {
      const line = element("p", "vb-popup__state");
      line.textContent = state;
      box.append(line);
    }
    return box;
  }

  customElements.define("x-karte", Karte);
})();
