// A floor that moves: steps from the server put pieces in their places; keys and buttons act without a reload. Works without.
import { isTyping, latin } from "./keys.js";

document.documentElement.classList.add("js");
const root = document.querySelector("[data-floor]");
const KEYS = { a: "accept", n: "now", w: "answered", u: "up", b: "down" };
const LOOKS = { d: "decline", m: "merge", t: "interpret", o: "" };
const SAY_MS = 1200; // changes within this time are said in one sentence
const LOG_KEPT = 30;

if (root) follow(root);
// The browser goes to the fragment itself once the page is there, and takes the focus along: after that.
else addEventListener("load", () => setTimeout(goToForm));

function follow(page) {
  const words = JSON.parse(page.dataset.words);
  const plural = new Intl.PluralRules(page.dataset.language);
  const join = new Intl.ListFormat(page.dataset.language, { type: "unit", style: "short" });
  const phrase = (entry, count) => (typeof entry === "string" ? entry : entry[plural.select(count)] ?? entry.other).replace("{count}", count);
  const say = teller(page, words, phrase, join);
  const state = { after: page.dataset.after, source: null, paused: false, waiting: [], leaving: 0 };
  const connect = () => { state.source ??= listen(page, state, say); };
  connect();
  document.addEventListener("visibilitychange", () => {
    clearTimeout(state.leaving);
    if (document.visibilityState === "visible") connect();
    else state.leaving = setTimeout(() => { state.source?.close(); state.source = null; }, 60_000);
  });
  addEventListener("pagehide", () => { state.source?.close(); state.source = null; });
  addEventListener("pageshow", connect);
  pauseButton(page, state, say);
  page.addEventListener("click", (event) => {
    const button = event.target.closest("[data-deed]");
    if (!button) return;
    event.preventDefault();
    act(button);
  });
  document.addEventListener("keydown", (event) => pressed(event, page));
  setInterval(() => sinceWhen(page), 15_000);
  sinceWhen(page);
}

function listen(page, state, say) {
  const query = new URLSearchParams({ view: page.dataset.view, language: page.dataset.reading, after: state.after });
  const source = new EventSource(`${page.dataset.floor}/live?${query}`);
  source.addEventListener("open", () => { document.documentElement.dataset.live = "on"; say.lost(false); });
  source.addEventListener("error", () => { document.documentElement.dataset.live = "off"; say.lost(true); });
  source.addEventListener("step", (event) => {
    const step = JSON.parse(event.data);
    if (state.paused) { state.waiting.push(step); say.waiting(state.waiting.length); return; }
    take(page, state, step, say);
  });
  source.addEventListener("mine", () => mine(page));
  source.addEventListener("gap", (event) => again(page, state, event.lastEventId));
  return source;
}

// ---------------------------------------------------------------------------------------- the page follows

function take(page, state, step, say) {
  const before = page.querySelector("[data-state]")?.dataset.state;
  const focused = document.activeElement?.closest?.("[id]")?.id;
  for (const change of step.changes) put(page, change);
  state.after = step.digest;
  if (focused && !document.getElementById(focused)?.contains(document.activeElement)) document.getElementById(focused)?.focus?.({ preventScroll: true });
  sinceWhen(page);
  say.step(step);
  // Which buttons the floor has depends on its state: then the page is another one.
  if (before !== page.querySelector("[data-state]")?.dataset.state && page.dataset.view !== "speaker" && !holdsText(page)) location.reload();
}

function put(page, change) {
  const old = document.getElementById(change.id);
  if (!change.region) { old?.remove(); return; }
  const region = page.querySelector(`[data-region="${change.region}"]`);
  if (!region) return;
  const shelf = document.createElement("template");
  shelf.innerHTML = change.html;
  const fresh = shelf.content.firstElementChild;
  old?.remove();
  const after = change.after ? document.getElementById(change.after) : null;
  if (after && after.parentElement === region) after.after(fresh);
  else region.prepend(fresh);
}

function holdsText(page) {
  return [...page.querySelectorAll("textarea")].some((one) => one.value.trim());
}

async function mine(page) {
  const place = page.querySelector("[data-mine]");
  if (!place) return;
  const answer = await fetch(`${page.dataset.floor}/mine`, { headers: { accept: "text/html" } });
  if (answer.ok) place.innerHTML = await answer.text();
}

// Too much was missed: the regions as they stand now, everything else left alone.
async function again(page, state, digest) {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const whole = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const region of page.querySelectorAll("[data-region]")) {
    const fresh = whole.querySelector(`[data-region="${region.dataset.region}"]`);
    if (fresh) region.replaceChildren(...fresh.childNodes);
  }
  state.after = whole.querySelector("[data-floor]")?.dataset.after ?? digest;
  sinceWhen(page);
}

// How long something has waited, beside when it began: the server says only when.
function sinceWhen(page) {
  for (const time of page.querySelectorAll("time[data-since]")) {
    const seconds = (Date.now() - new Date(time.dateTime)) / 1000;
    const place = time.firstElementChild ?? time; // isolated: a span inside an Arabic line must not turn round
    if (!time.dataset.at) time.dataset.at = place.textContent;
    place.textContent = seconds >= 0 && seconds < 86_400 ? `${time.dataset.at} · ${span(seconds)}` : time.dataset.at;
  }
}

function span(seconds) {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
}

// ---------------------------------------------------------------------------------------- what is said aloud

function teller(page, words, phrase, join) {
  const place = page.querySelector("[data-say]");
  const log = page.querySelector("[data-log]");
  const link = document.querySelector("[data-link-state]");
  let came = {}, asking = "", timer = 0;
  const flush = () => {
    timer = 0;
    const parts = ["pending", "accepted", "answered"].filter((name) => came[name]).map((name) => phrase(words[name], came[name]));
    const sentence = [...(parts.length ? [join.format(parts)] : []), ...(asking ? [`${words.now} ${asking}`] : [])].join(". ");
    came = {};
    asking = "";
    if (!sentence) return;
    // Where there is a log, it alone speaks: it is polite by itself, and nothing is said twice.
    if (log) note(log, sentence);
    else if (place) place.textContent = sentence;
  };
  return {
    step(step) {
      for (const [name, count] of Object.entries(step.came)) came[name] = (came[name] ?? 0) + count;
      asking = step.asking || asking;
      timer ||= setTimeout(flush, SAY_MS);
    },
    waiting(count) { if (place) place.textContent = `${words.paused} · ${phrase(words.waiting, count)}`; },
    paused(on) { if (place) place.textContent = on ? words.paused : ""; },
    lost(on) { const where = link ?? place; if (where) where.textContent = on ? words.lost : ""; },
    refused(text) { show(page.querySelector("[data-refused]"), `${words.refused} ${text}`); },
  };
}

function note(log, sentence) {
  const line = document.createElement("p");
  line.textContent = `${new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })} ${sentence}`;
  log.append(line);
  while (log.children.length > LOG_KEPT) log.firstElementChild.remove();
  log.scrollTop = log.scrollHeight;
}

function show(place, text) {
  if (!place) return;
  place.textContent = text;
  place.hidden = !text;
}

function pauseButton(page, state, say) {
  const button = page.querySelector("[data-pause]");
  button?.addEventListener("click", () => {
    state.paused = !state.paused;
    button.setAttribute("aria-pressed", String(state.paused));
    say.paused(state.paused);
    if (!state.paused) for (const step of state.waiting.splice(0)) take(page, state, step, say);
  });
}

// ---------------------------------------------------------------------------------------- acting

async function act(button) {
  const form = button.form;
  const place = document.querySelector("[data-refused]");
  const row = button.closest(".asked");
  const next = row && (row.nextElementSibling?.closest(".asked") ?? row.previousElementSibling?.closest(".asked"));
  if (row && row.contains(document.activeElement)) (next ?? row).focus({ preventScroll: true });
  show(place, "");
  try {
    const answer = await fetch(button.formAction, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { accept: "application/problem+json", "x-floor": "quietly" },
    });
    if (answer.ok) return;
    const problem = await answer.json();
    show(place, `${JSON.parse(root.dataset.words).refused} ${problem.title}. ${problem.detail ?? ""}`);
  } catch (error) {
    show(place, `${JSON.parse(root.dataset.words).refused} ${error.message}`);
  }
}

function pressed(event, page) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const key = latin(event);
  const done = KEY_ACTS[key]?.(page) ?? deedBy(key, page);
  if (done) event.preventDefault();
}

const KEY_ACTS = {
  j: (page) => move(page, 1),
  k: (page) => move(page, -1),
  f: (page) => pressButton(page.querySelector("[data-key=f]")),
  p: (page) => pressButton(page.querySelector("[data-pause]")),
};

function deedBy(key, page) {
  const row = chosen(page);
  if (KEYS[key]) return pressButton((row ?? page.querySelector("#now"))?.querySelector(`[data-deed="${KEYS[key]}"]`));
  if (!(key in LOOKS)) return false;
  const link = (row ?? page.querySelector("#now"))?.querySelector("[data-look]");
  if (link) location.href = LOOKS[key] ? `${link.href.split("#")[0]}#${LOOKS[key]}` : link.href;
  return Boolean(link);
}

function pressButton(button) {
  button?.click();
  return Boolean(button);
}

function chosen(page) {
  const row = document.activeElement?.closest?.(".asked[data-q]");
  return page.contains(row) ? row : null;
}

function move(page, by) {
  const rows = [...page.querySelectorAll(".asked[tabindex]")];
  if (!rows.length) return false;
  const at = rows.indexOf(chosen(page));
  const row = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by))];
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  return true;
}

// A question's page opened at one of its forms: begin there; after a mistake, at the mistake.
function goToForm() {
  const wrong = document.getElementById("wrong");
  const form = location.hash && document.getElementById(location.hash.slice(1));
  if (wrong) wrong.focus();
  else form?.querySelector?.("input:not([type=hidden]), select, textarea")?.focus();
}
