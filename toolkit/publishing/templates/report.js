"use strict";
(function () {
  const root = document.documentElement;
  const SLICE = 40; // milliseconds of work before the browser may breathe
  const PAGE = 50; // quotes shown at once
  root.classList.add("js");

  // Quotes wait as text inside noscript elements; they become elements when somebody wants to read them.
  const waiting = (place) => place.querySelector(":scope > noscript");
  function fill(place) {
    const held = waiting(place);
    if (held) place.innerHTML = held.textContent;
    return place;
  }
  function copies(place) {
    const holder = document.createElement("template");
    const held = waiting(place);
    holder.innerHTML = held ? held.textContent : place.innerHTML;
    return holder.content;
  }

  function byId(name) {
    const found = document.getElementById(name);
    if (found || !name.includes("%")) return found;
    try { return document.getElementById(decodeURIComponent(name)); } catch (error) { return null; }
  }
  function quoteById(name) {
    if (!/^q[\w-]{8,}$/.test(name)) return null;
    const held = [...document.querySelectorAll("noscript")].find((n) => n.textContent.includes(`<li id=${name}>`));
    if (held) fill(held.parentElement);
    return byId(name);
  }

  function route(event) {
    const name = location.hash.slice(1);
    const search = name === "quotes" || name.startsWith("quotes&");
    const target = search ? byId("quotes") : (name && (byId(name) || quoteById(name))) || byId("overview");
    const view = target.closest(".view") || byId("overview");
    for (const other of document.querySelectorAll(".view.on")) if (other !== view) other.classList.remove("on");
    view.classList.add("on");
    const heading = view.querySelector("h2");
    document.title = `${heading.textContent} – ${document.querySelector("h1").textContent}`;
    const details = target.closest("details");
    if (details) { details.open = true; fill(details.querySelector(":scope > div")); }
    if (search) restore(name);
    if (!event && !name) return;
    const focus = target === view ? heading : details && target.matches("div") ? details.querySelector("summary") : target;
    focus.focus({ preventScroll: true });
    focus.scrollIntoView();
    if (target === view) window.scrollTo(0, 0);
  }

  // Tables are sorted by the number in data-v, else by their words; rows without a value always come last.
  function value(row, column) {
    const cell = row.cells[column];
    if (cell.dataset.v === undefined) return cell.textContent.trim();
    return cell.dataset.v === "" ? null : Number(cell.dataset.v);
  }
  function sort(table, head, column) {
    for (const row of table.querySelectorAll("tr.inline")) row.remove();
    const up = head.getAttribute("aria-sort") === "descending" || (!head.hasAttribute("aria-sort") && !head.dataset.high);
    for (const other of table.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows].map((row) => [value(row, column), row]);
    rows.sort(([a], [b]) => {
      if (a === null || b === null) return (a === null) - (b === null);
      const order = typeof a === "number" ? a - b : a.localeCompare(b, "en-GB");
      return up ? order : -order;
    });
    table.tBodies[0].append(...rows.map(([, row]) => row));
  }
  function makeSortable(table) {
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    const shift = table.matches(".matrix") ? 1 : 0; // its first column is headed in the row above
    heads.forEach((head, place) => {
      if (head.dataset.plain !== undefined) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      if (shift) { button.textContent = "⇅"; button.setAttribute("aria-label", "Sort by " + head.textContent); head.append(button); }
      else { button.append(...head.childNodes); head.append(button); }
      if (shift || head.matches(".n")) head.dataset.high = "1";
      button.addEventListener("click", () => sort(table, head, place + shift));
    });
  }

  // In the view of a code, quotes open in a row below instead of leading away.
  function openHere(link) {
    const row = link.closest("tr");
    const open = row.nextElementSibling && row.nextElementSibling.matches(".inline");
    link.setAttribute("aria-expanded", String(!open));
    if (open) { row.nextElementSibling.remove(); return; }
    const below = row.parentElement.insertRow(row.sectionRowIndex + 1);
    below.className = "inline";
    const cell = below.insertCell();
    cell.colSpan = row.cells.length;
    const quotes = copies(byId(link.getAttribute("href").slice(1)));
    for (const item of quotes.querySelectorAll("[id]")) item.removeAttribute("id");
    for (const item of quotes.querySelectorAll("li")) item.classList.add("quote");
    cell.append(quotes);
  }

  // Search: an index of all quotes, built once, a slice at a time.
  let index = null;
  let wanted = 0;
  const pause = () => new Promise((go) => setTimeout(go, 0));
  async function buildIndex() {
    const made = [];
    let since = performance.now();
    for (const place of document.querySelectorAll("details.cell > div")) {
      const about = { id: place.id, plan: place.closest(".view").id, code: place.id.replace(/^plan=[^&]*&/, "") };
      for (const list of copies(place).querySelectorAll("ol")) {
        const strength = Number(list.className[1]), equity = list.classList.contains("e");
        let section = null; // page and section: said once, for all quotes that follow it
        for (const item of list.children) {
          const own = item.querySelector(":scope > i");
          if (own) section = own; else if (section) item.prepend(section.cloneNode(true));
          made.push({ about, strength, equity, html: item.outerHTML, text: item.textContent.toLowerCase() });
        }
      }
      if (performance.now() - since > SLICE) { await pause(); since = performance.now(); }
    }
    return made;
  }
  const options = (name) => new Map([...byId("filter").elements[name].options].map((o) => [o.value, o]));
  async function search() {
    const mine = ++wanted;
    if (!index) { byId("count").textContent = "Collecting quotes …"; index = buildIndex(); }
    const all = await index;
    if (mine !== wanted) return;
    const asked = Object.fromEntries(new FormData(byId("filter")));
    const words = asked.text.toLowerCase().split(/\s+/).filter(Boolean);
    const codes = options("code");
    const themes = new Map([...codes].map(([id, option]) => [id, option.dataset.theme]));
    const found = all.filter((q) =>
      (!asked.theme || themes.get(q.about.code) === asked.theme) && (!asked.code || q.about.code === asked.code) &&
      (!asked.plan || q.about.plan === asked.plan) && q.strength >= Number(asked.strength || 0) &&
      (!asked.equity || q.equity) && words.every((w) => q.text.includes(w)));
    byId("count").textContent = `${found.length.toLocaleString("en-GB")} of ${all.length.toLocaleString("en-GB")} quotes`;
    byId("found").replaceChildren();
    show(found, 0, codes, options("plan"));
  }
  function show(found, from, codes, plans) {
    const part = found.slice(from, from + PAGE);
    const names = options("strength");
    let group = null;
    for (const quote of part) {
      if (!group || group.about !== quote.about) {
        const where = document.createElement("p");
        const link = document.createElement("a");
        where.className = "where";
        link.href = "#" + quote.about.id;
        link.textContent = `${plans.get(quote.about.plan).textContent}: ${codes.get(quote.about.code).textContent}`;
        where.append(link);
        group = { about: quote.about, list: document.createElement("ol") };
        byId("found").append(where, group.list);
      }
      const holder = document.createElement("template");
      holder.innerHTML = quote.html;
      holder.content.firstChild.removeAttribute("id");
      holder.content.firstChild.classList.add("quote");
      holder.content.querySelector("p").append(` · ${names.get(String(quote.strength)).textContent.split(" ")[0]}${quote.equity ? ", equity focus" : ""}`);
      group.list.append(holder.content);
    }
    const more = byId("more");
    more.hidden = from + PAGE >= found.length;
    more.onclick = () => {
      const last = byId("found").lastElementChild;
      show(found, from + PAGE, codes, plans);
      const next = last.nextElementSibling && last.nextElementSibling.querySelector("a");
      if (next) next.focus();
    };
  }
  function restore(name) {
    const form = byId("filter");
    const asked = new URLSearchParams(name.slice("quotes".length));
    form.reset();
    for (const [key, given] of asked) {
      const field = form.elements[key];
      if (field && field.type === "checkbox") field.checked = given === "1";
      else if (field) field.value = given;
    }
    search();
  }
  function remember() {
    const kept = new URLSearchParams([...new FormData(byId("filter"))].filter(([, given]) => given));
    history.replaceState(null, "", "#quotes" + (String(kept) ? "&" + kept : ""));
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const table of document.querySelectorAll("table.sortable")) makeSortable(table);
    document.addEventListener("toggle", (event) => {
      if (event.target.matches("details.cell") && event.target.open) fill(event.target.querySelector(":scope > div"));
    }, true);
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a.here");
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); openHere(link); }
    });
    let timer = 0;
    byId("filter").addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => { remember(); search(); }, 200);
    });
    byId("filter").addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("beforeprint", () => {
      for (const one of document.querySelectorAll(".view.on details.cell")) { fill(one.querySelector(":scope > div")); one.open = true; }
    });
    window.addEventListener("hashchange", route);
    route(null);
  });
})();
