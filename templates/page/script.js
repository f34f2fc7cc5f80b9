(() => {
  "use strict";
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const scroll = one(".scroll"), who = one("#who"), dialog = one("#details"), status = one("#status");
  const drawings = all(".lane svg"), lanes = all(".lane"), links = all(".lane svg a");
  const DAY = 864e5, LEAST = 0.6, MOST = 6;
  const first = Date.parse(scroll.dataset.first), wide = +scroll.dataset.width;
  const days = (Date.parse(scroll.dataset.last) - first) / DAY + 1;
  let zoom = 1, entry = "", aimed = "", waiting = 0, anchored = false;

  // --- days and places
  const beside = () => one(".lane .name").offsetWidth;
  const seen = () => scroll.clientWidth - beside();
  const place = (day) => (((Date.parse(day) - first) / DAY) / days) * wide * zoom;
  const iso = (x) => new Date(first + Math.round((x / (wide * zoom)) * days) * DAY).toISOString().slice(0, 10);
  const middle = () => iso(Math.min(Math.max(scroll.scrollLeft + seen() / 2, 0), wide * zoom - 1));
  const show = (day, share = 0.5) => { scroll.scrollLeft = place(day) - seen() * share; };

  function setZoom(wanted, at = beside() + seen() / 2) {
    const kept = (scroll.scrollLeft + at - beside()) / zoom;
    zoom = Math.min(Math.max(wanted, Math.min(LEAST, seen() / wide)), MOST);
    drawings.forEach((svg) => svg.setAttribute("width", wide * zoom));
    scroll.scrollLeft = kept * zoom - (at - beside());
    remember();
  }

  // --- the state stands in the address
  function remember() {
    clearTimeout(waiting);
    if (anchored) return;
    waiting = setTimeout(() => {
      const state = new URLSearchParams({ day: middle(), zoom: zoom.toFixed(2) });
      if (who.value) state.set("who", who.value);
      if (entry) state.set("entry", entry);
      history.replaceState(null, "", `#${state}`);
    }, 150);
  }

  function recall() {
    const text = location.hash.slice(1);
    anchored = text !== "" && !text.includes("="); // somebody went to a heading or a row: that address stays
    if (!text.includes("=")) return false;
    const state = new URLSearchParams(text);
    who.value = state.get("who") || "";
    if (who.selectedIndex < 0) who.value = "";
    choose();
    setZoom(parseFloat(state.get("zoom")) || 1);
    const day = state.get("day");
    if (day && !Number.isNaN(Date.parse(day))) show(day);
    if (state.get("entry")) open(state.get("entry"));
    else if (dialog.open) dialog.close();
    return true;
  }

  // --- one party
  function choose() {
    const code = who.value;
    const lane = lanes.find((other) => other.dataset.lane === code);
    const near = new Set([code, ...((lane && lane.dataset.beside) || "").split(" ")]);
    const mine = (text) => !code || text.split(" ").some((other) => near.has(other));
    let shown = 0;
    lanes.forEach((lane) => {
      const fixed = lane.matches(".axis, .group, .region");
      lane.hidden = !fixed && !mine(lane.dataset.lane);
      shown += !fixed && !lane.hidden;
    });
    lanes.filter((lane) => lane.matches(".group")).forEach((group) => {
      let next = group.nextElementSibling, any = false;
      for (; next && !next.matches(".group, .axis, .region"); next = next.nextElementSibling) any ||= !next.hidden;
      group.hidden = !any;
    });
    all("[data-who]").forEach((part) => { part.hidden = !mine(part.dataset.who); });
    status.textContent = code ? status.dataset.shown.replace("0", shown) : "";
    rove(links.find((link) => link.tabIndex === 0 && visible(link)) || links.find(visible));
  }

  // --- details
  function open(id, clicked) {
    const found = document.getElementById(id);
    const part = found && found.closest("tr, tbody");
    if (!part || !part.closest("table")) return false;
    const table = part.closest("table"), told = one(".told"), heads = all("thead th", table);
    const link = clicked || links.find((a) => decodeURIComponent(a.getAttribute("href")) === `#${id}`);
    const clone = part.cloneNode(true);
    one("#details-name").textContent = link ? one("title", link).textContent : part.cells ? part.cells[0].textContent : id;
    told.replaceChildren();
    if (part.matches("tr")) {
      const list = document.createElement("dl");
      [...clone.cells].forEach((cell, i) => {
        const term = document.createElement("dt"), text = document.createElement("dd");
        term.textContent = heads[i].textContent;
        text.append(...cell.childNodes);
        list.append(term, text);
      });
      told.append(list);
    } else {
      const copy = document.createElement("table");
      copy.append(one("thead", table).cloneNode(true), clone);
      told.append(copy);
    }
    all("[id]", told).forEach((copied) => copied.removeAttribute("id"));
    const why = new Set();
    const follow = (note) => {
      if (why.has(note)) return;
      const before = one("a", document.getElementById(note));
      if (before) follow(before.hash.slice(1));
      why.add(note);
    };
    all('a[href^="#n"]', told).forEach((a) => follow(a.hash.slice(1)));
    if (why.size) {
      const head = document.createElement("h3"), list = document.createElement("ol");
      head.textContent = told.dataset.why;
      why.forEach((note) => {
        const item = document.createElement("li");
        item.value = +note.slice(1);
        item.append(...document.getElementById(note).cloneNode(true).childNodes);
        list.append(item);
      });
      told.append(head, list);
      all('a[href^="#n"]', told).forEach((a) => a.replaceWith(a.closest("ol") ? `(${a.hash.slice(2)}) ` : `${a.textContent} (${a.hash.slice(2)})`));
    }
    one("#details-row").href = `#${id}`;
    entry = id;
    if (!dialog.open) dialog.showModal();
    one("#details-name").focus();
    remember();
    return true;
  }
  dialog.addEventListener("close", () => { entry = ""; remember(); });
  one("#details-row").addEventListener("click", () => { anchored = true; dialog.close(); });

  // --- going from bar to bar: one of them can be tabbed to, the arrows go on from there
  const visible = (link) => !link.closest(".lane").hidden;
  function rove(link) {
    if (!link) return;
    links.forEach((other) => { other.setAttribute("tabindex", other === link ? 0 : -1); });
  }
  const centre = (link) => { const box = link.getBoundingClientRect(); return box.left + box.width / 2; };
  function step(link, key) {
    const lane = link.closest(".lane"), own = all("svg a", lane);
    if (key === "ArrowLeft" || key === "ArrowRight") return own[own.indexOf(link) + (key === "ArrowRight" ? 1 : -1)];
    const others = lanes.filter((l) => !l.hidden && one("svg a", l));
    const next = others[others.indexOf(lane) + (key === "ArrowDown" ? 1 : -1)];
    if (!next) return undefined;
    const from = centre(link);
    return all("svg a", next).reduce((a, b) => (Math.abs(centre(a) - from) <= Math.abs(centre(b) - from) ? a : b));
  }
  links.forEach((link) => link.addEventListener("focus", () => {
    const box = link.getBoundingClientRect(), room = scroll.getBoundingClientRect();
    const left = room.left + beside();
    if (box.right < left + 20 || box.left > room.right - 20) scroll.scrollLeft += box.left - left - 20;
    else if (box.left < left && box.right < room.right) scroll.scrollLeft -= left - box.left + 20;
  }));

  // --- what people do
  one(".lanes").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    if (dragged && event.detail) { event.preventDefault(); return; } // a click by keyboard has no detail
    rove(link);
    if (open(decodeURIComponent(link.getAttribute("href").slice(1)), link)) event.preventDefault();
  });
  scroll.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const link = event.target.closest("a");
    if (link && event.key.startsWith("Arrow")) {
      const next = step(link, event.key);
      if (next) { rove(next); next.focus(); }
    } else if (event.key === "+" || event.key === "=") setZoom(zoom * 1.25);
    else if (event.key === "-") setZoom(zoom / 1.25);
    else if (event.key === "0") setZoom(1);
    else return;
    event.preventDefault();
  });
  scroll.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    setZoom(zoom * Math.exp(-event.deltaY / 300), event.clientX - scroll.getBoundingClientRect().left);
  }, { passive: false });

  const touching = new Map();
  let dragged = false, from = null, apart = 0;
  scroll.addEventListener("pointerdown", (event) => {
    touching.set(event.pointerId, event.clientX);
    dragged = false;
    if (event.pointerType === "mouse" && event.button === 0) from = { x: event.clientX, left: scroll.scrollLeft };
    if (touching.size === 2) apart = spread();
  });
  const spread = () => { const [a, b] = [...touching.values()]; return Math.abs(a - b); };
  scroll.addEventListener("pointermove", (event) => {
    if (!touching.has(event.pointerId)) return;
    touching.set(event.pointerId, event.clientX);
    if (touching.size === 2 && apart > 10) {
      const now = spread(), [a, b] = [...touching.values()];
      setZoom(zoom * now / apart, (a + b) / 2 - scroll.getBoundingClientRect().left);
      apart = now;
    } else if (from) {
      if (Math.abs(event.clientX - from.x) > 4) { dragged = true; scroll.classList.add("pans"); }
      if (dragged) scroll.scrollLeft = from.left - (event.clientX - from.x);
    }
  });
  const release = (event) => { touching.delete(event.pointerId); from = null; scroll.classList.remove("pans"); };
  ["pointerup", "pointercancel"].forEach((name) => addEventListener(name, release));
  scroll.addEventListener("touchmove", (event) => { if (event.touches.length > 1) event.preventDefault(); }, { passive: false });
  scroll.addEventListener("dragstart", (event) => event.preventDefault());
  scroll.addEventListener("scroll", remember);

  who.addEventListener("change", () => { anchored = false; aimed = ""; choose(); remember(); });
  one("#today").addEventListener("click", () => { aimed = ""; show(scroll.dataset.today); scroll.focus({ preventScroll: true }); });
  one("#window").addEventListener("click", (event) => {
    const after = aimed || scroll.dataset.today;
    const shown = new Set(lanes.filter((lane) => !lane.hidden).map((lane) => lane.dataset.lane));
    const days = event.currentTarget.dataset.days.split(" ").map((text) => text.split("/"));
    const [next, party] = days.find(([day, owner]) => day > after && shown.has(owner)) || [];
    const said = (day) => new Date(day).toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
    status.textContent = next ? `${party}: ${status.dataset.window} ${said(next)}` : status.dataset.none;
    if (next) { aimed = next; show(next); }
  });
  one("#in").addEventListener("click", () => setZoom(zoom * 1.25));
  one("#out").addEventListener("click", () => setZoom(zoom / 1.25));
  one("#whole").addEventListener("click", () => { setZoom(seen() / wide); scroll.scrollLeft = 0; });
  addEventListener("hashchange", recall);

  one("#tools").hidden = false;
  rove(links[0]);
  if (!recall()) show(scroll.dataset.today, 0.3);
})();
