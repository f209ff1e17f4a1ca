// What is new: counted in a bar that waits to be asked; a kill or hold acts at once, in the list and in what is being read.
import { fragment, mark } from "./reading.js";
import { regroup, storiesChanged, storyStopped } from "./stories.js";

const HIDDEN_MS = 60_000; // a page nobody looks at gives its connection back: a browser has few of them
let stream = null;
let position = 0;

export function startLive() {
  const list = document.querySelector("[data-wire]");
  if (!list && !document.querySelector("[data-live]")) return;
  const bar = list && newBar(list);
  position = Number(list?.dataset.newest ?? 0);
  const connect = () => {
    if (!stream) stream = listen(list, bar);
  };
  connect();
  let leaving = 0;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(leaving);
    if (document.visibilityState === "visible") connect();
    else leaving = setTimeout(() => { stream?.close(); stream = null; }, HIDDEN_MS);
  });
  addEventListener("pagehide", () => { stream?.close(); stream = null; });
  addEventListener("pageshow", connect);
  setInterval(countDown, 20_000);
  countDown();
}

function listen(list, bar) {
  const query = new URLSearchParams({ q: list?.dataset.q ?? "", after: String(position || newestShown()) });
  const source = new EventSource(`/wire/live?${query}`);
  const state = document.querySelector("[data-link-state]");
  source.addEventListener("open", () => { state.textContent = ""; document.documentElement.dataset.live = "on"; });
  source.addEventListener("error", () => { state.textContent = state.dataset.lost; document.documentElement.dataset.live = "off"; });
  source.addEventListener("news", (event) => arrived(JSON.parse(event.data), bar));
  source.addEventListener("stop", (event) => stopped(JSON.parse(event.data)));
  source.addEventListener("stories", () => storiesChanged(list));
  source.addEventListener("gap", () => bar?.gap());
  return source;
}

function newestShown() {
  return Math.max(0, ...[...document.querySelectorAll("[data-live-sequence]")].map((one) => Number(one.dataset.liveSequence)));
}

function arrived(news, bar) {
  position = Math.max(position, news.sequence);
  const reading = document.querySelector(`[data-reading="${news.item}"] [data-newer]`);
  if (reading) reading.hidden = false;
  bar?.count(news);
  markChanged(news.item, bar);
}

// A line whose item has changed keeps its place and its words; it only says so.
function markChanged(item, bar) {
  const row = document.getElementById(`item-${item}`);
  if (!row || !bar || row.querySelector(".changed")) return;
  const said = document.createElement("p");
  said.className = "under changed";
  said.textContent = bar.words.newer;
  row.append(said);
}

// The text goes first, before anything is asked of the server.
async function stopped(news) {
  position = Math.max(position, news.sequence);
  const id = String(news.item);
  if (storyStopped(id)) return;
  for (const page of document.querySelectorAll(`[data-item-page="${id}"]`)) {
    page.replaceChildren(notice(page.dataset.stopped));
    document.title = page.dataset.stopped;
    location.reload();
  }
  for (const article of document.querySelectorAll(`[data-reading="${id}"]`)) {
    const said = article.dataset.stopped;
    if (!article.closest("[data-view]")) document.title = said; // it bore the headline
    article.replaceChildren(notice(said));
    announce(said);
    const html = await fragment(`/item/${id}/pane`);
    if (html) article.replaceWith(...html.childNodes);
  }
  await refresh(id);
}

function notice(text) {
  const said = document.createElement("p");
  said.className = "notice wrong";
  said.setAttribute("role", "alert");
  said.textContent = text;
  return said;
}

// A line as it stands now, in the place it has.
async function refresh(id) {
  const row = document.getElementById(`item-${id}`);
  if (!row) return;
  const q = document.querySelector("[data-wire]").dataset.q;
  row.querySelector("h3 bdi").textContent = "…";
  const html = await fragment(`/wire/row/${id}?${new URLSearchParams({ q })}`);
  const fresh = html?.querySelector(".row");
  if (!fresh) return;
  fresh.classList.toggle("is-on", row.classList.contains("is-on"));
  const focused = row.contains(document.activeElement);
  row.replaceWith(fresh);
  if (focused) fresh.querySelector("a").focus({ preventScroll: true });
  regroup(document.querySelector("[data-wire]"));
}

function announce(text) {
  const place = document.querySelector("[data-announce]");
  if (place) place.textContent = text;
}

function newBar(list) {
  const bar = list.querySelector("[data-new]");
  const text = list.querySelector("[data-new-text]");
  const words = JSON.parse(list.dataset.words);
  const plural = new Intl.PluralRules(list.dataset.language);
  const join = new Intl.ListFormat(list.dataset.language, { type: "unit", style: "short" });
  const seen = new Map();
  const from = { sequence: Number(list.dataset.newest) };
  const say = (entry, count) => (entry[plural.select(count)] ?? entry.other).replace("{count}", count);
  const show = () => {
    const urgent = [...seen.values()].filter(Boolean).length;
    text.textContent = join.format([say(words.new, seen.size), ...(urgent ? [say(words.urgent, urgent)] : [])]);
    bar.hidden = seen.size === 0;
    document.title = document.title.replace(/^\(\d+\) /, "");
    if (seen.size) document.title = `(${seen.size}) ${document.title}`;
  };
  let saying = 0;
  bar.addEventListener("click", async (event) => {
    if ("olderPage" in list.dataset || bar.dataset.gap) return;
    event.preventDefault();
    if (await prepend(list, from)) { seen.clear(); show(); }
  });
  return {
    words,
    count(news) {
      seen.set(news.item, news.urgent || seen.get(news.item) || false);
      show();
      clearTimeout(saying);
      saying = setTimeout(() => announce(text.textContent), 800);
    },
    gap() {
      bar.dataset.gap = "yes";
      bar.hidden = false;
      text.textContent = words.gap;
    },
  };
}

async function prepend(list, from) {
  const reached = position;
  const query = new URLSearchParams({ q: list.dataset.q, after: String(from.sequence) });
  const html = await fragment(`/wire/rows?${query}`);
  if (!html) return false;
  const rows = [...html.querySelectorAll(".row")];
  const on = document.querySelector(".row.is-on")?.dataset.item;
  for (const old of list.querySelectorAll(".is-fresh")) old.classList.remove("is-fresh");
  for (const row of rows) {
    document.getElementById(row.id)?.remove();
    row.classList.add("is-fresh");
  }
  list.querySelector("[data-rows]").prepend(...rows);
  for (const empty of list.querySelectorAll(":scope > .empty")) empty.remove();
  regroup(list);
  from.sequence = Math.max(reached, ...rows.map((row) => Number(row.dataset.sequence)));
  if (on) mark(on);
  list.scrollTop = 0;
  scrollTo({ top: 0 });
  rows[0]?.querySelector("a").focus({ preventScroll: true });
  return true;
}

// Embargoes count down by themselves; at the hour the line is asked for anew.
function countDown() {
  for (const left of document.querySelectorAll("[data-until]")) {
    const seconds = (new Date(left.dataset.until) - Date.now()) / 1000;
    if (seconds > 0) {
      left.textContent = span(seconds);
      if (seconds < 21) setTimeout(countDown, seconds * 1000 + 200);
      continue;
    }
    const row = left.closest(".row");
    left.removeAttribute("data-until");
    if (row) refresh(row.dataset.item);
    else left.closest(".badge")?.remove();
  }
}

function span(seconds) {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, "0")}`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
