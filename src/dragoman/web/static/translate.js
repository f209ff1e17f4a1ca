// The draft saves itself every five seconds, and a copy stays in this browser; Ctrl+Enter goes to the next paragraph,
// Alt+1 to 9 puts in a suggestion, as a click on it does.
// Where somebody else has written a paragraph meanwhile, both texts are shown and nothing is saved until one is chosen.
const EVERY_MS = 5_000;
const HEARD_MS = 60_000;

const form = document.querySelector("[data-work]");
if (form) start(form);

function start(form) {
  const words = JSON.parse(form.dataset.words);
  const key = `dragoman draft ${form.dataset.person} ${location.pathname}`;
  const pairs = [...form.querySelectorAll("[data-segment]")].map(pairOf);
  const work = { form, words, key, pairs, saving: false, heard: Date.now(), failed: false };
  offerLocal(work);
  for (const pair of pairs) {
    pair.text.addEventListener("input", () => keepLocal(work));
    pair.text.addEventListener("keydown", (event) => next(event, work, pair));
    pair.text.addEventListener("keydown", (event) => pick(event, pair));
    pair.text.addEventListener("focus", () => { pair.entered = true; }, { once: true });
    if (!pair.text.readOnly) pair.section.querySelectorAll("[data-insert]").forEach((said) => offer(pair, said));
  }
  setInterval(() => { if (changed(work).length || Date.now() - work.heard > HEARD_MS) save(work); }, EVERY_MS);
  form.addEventListener("submit", () => { work.left = true; localStorage.removeItem(key); });
  addEventListener("pagehide", () => leave(work));
  addEventListener("beforeunload", (event) => { if (!work.left && changed(work).length) event.preventDefault(); });
}

function pairOf(section) {
  const text = section.querySelector("textarea");
  return {
    section,
    id: section.dataset.segment,
    text,
    seen: section.querySelector("input[type=hidden]"),
    accepted: section.querySelector("input[type=checkbox]"),
    findings: section.querySelector(".findings"),
    kept: text.defaultValue,
    // What the server showed as a clash waits for a choice, or for the form's own button.
    clash: Boolean(section.querySelector("[data-clash]")),
  };
}

function changed(work) {
  return work.pairs.filter((pair) => !pair.text.readOnly && !pair.clash && (pair.text.value !== pair.kept || (pair.accepted?.checked && !pair.told)));
}

async function save(work) {
  if (work.saving) return;
  work.saving = true;
  const sent = changed(work).map((pair) => [pair, pair.text.value]);
  const body = new URLSearchParams({ csrf: work.form.elements.csrf.value });
  for (const [pair, text] of sent) {
    body.set(`t.${pair.id}`, text);
    body.set(`s.${pair.id}`, pair.seen.value);
    if (pair.accepted?.checked) body.set(`a.${pair.id}`, "1");
  }
  if (sent.length) say(work, work.words.saving);
  try {
    const answer = await fetch(work.form.getAttribute("action"), { method: "POST", body, headers: { accept: "application/json" }, credentials: "same-origin" });
    if (answer.redirected || !answer.headers.get("content-type")?.includes("json")) throw new Error("no answer");
    const told = await answer.json();
    if (!answer.ok) { say(work, work.words.refused.replace("{why}", told.title ?? answer.status)); return; }
    taken(work, sent, told);
  } catch {
    say(work, work.words.lost);
    work.failed = true;
  } finally {
    work.saving = false;
  }
}

function taken(work, sent, told) {
  work.heard = Date.now();
  const clashes = new Map(told.clashes.map((one) => [one.id, one]));
  for (const [pair, text] of sent) {
    const clash = clashes.get(pair.id);
    if (clash) { show(work, pair, clash); continue; }
    pair.kept = text;
    pair.seen.value = told.stamps[pair.id] ?? pair.seen.value;
    if (pair.accepted?.checked) pair.told = true;
  }
  for (const pair of work.pairs) {
    pair.findings.replaceChildren(...told.findings.filter((one) => one.id === pair.id).map(finding));
  }
  readers(told.readers);
  work.failed = false;
  if (sent.length) say(work, work.words.saved.replace("{at}", new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" })));
  if (!changed(work).length) localStorage.removeItem(work.key);
}

function finding(one) {
  const line = document.createElement("li");
  line.className = one.weight;
  line.textContent = one.text;
  return line;
}

function readers(names) {
  const place = document.querySelector("[data-readers]");
  const said = names.join("\n");
  if (!place || place.dataset.said === said) return;
  place.dataset.said = said;
  place.replaceChildren(...names.map((name) => {
    const badge = document.createElement("span");
    badge.className = "badge b-held";
    badge.textContent = name;
    return badge;
  }));
}

// Theirs above, mine in the field; neither is touched until one of the two buttons is pressed.
function show(work, pair, clash) {
  pair.clash = true;
  pair.section.classList.add("is-clash");
  const box = document.createElement("div");
  box.className = "notice wrong";
  box.setAttribute("role", "alert");
  const theirs = document.createElement("p");
  theirs.className = "theirs";
  theirs.lang = pair.text.lang;
  theirs.dir = pair.text.dir;
  theirs.textContent = clash.text;
  const about = document.createElement("p");
  about.textContent = work.words.theirs;
  const choose = (word, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn little";
    button.textContent = word;
    button.addEventListener("click", () => {
      pair.seen.value = clash.stamp;
      pair.clash = false;
      pair.section.classList.remove("is-clash");
      box.remove();
      act();
      pair.text.focus();
      save(work);
    });
    return button;
  };
  const acts = document.createElement("p");
  acts.append(choose(work.words.take, () => { pair.text.value = clash.text; pair.kept = null; }), " ", choose(work.words.keep, () => { pair.kept = null; }));
  box.append(about, theirs, acts);
  pair.text.before(box);
}

function next(event, work, pair) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const at = work.pairs.indexOf(pair);
  const following = work.pairs[at + (event.shiftKey ? -1 : 1)];
  if (following) {
    following.text.focus();
    following.section.scrollIntoView({ block: "nearest" });
  }
  save(work);
}

// Without scripts a suggestion is text to be read; here it is a button.
function offer(pair, said) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn little";
  button.lang = said.lang;
  button.dir = said.dir;
  button.textContent = said.textContent;
  button.addEventListener("click", () => put(pair, button.textContent));
  said.replaceChildren(button);
}

function pick(event, pair) {
  const digit = event.altKey && !event.ctrlKey && !event.metaKey && /^Digit([1-9])$/.exec(event.code);
  const button = digit && pair.section.querySelectorAll(".suggestions button")[digit[1] - 1];
  if (!button) return;
  event.preventDefault();
  button.click();
}

// Where the cursor is, at the end where it has not been in the field yet; words are kept apart where the language does.
function put(pair, text) {
  const field = pair.text;
  if (!pair.entered) field.setSelectionRange(field.value.length, field.value.length);
  const before = field.value.slice(0, field.selectionStart);
  const after = field.value.slice(field.selectionEnd);
  const spaced = !/^(zh|ja|th)\b/.test(field.lang);
  const lead = spaced && /[\p{L}\p{M}\p{N}.,;:!?،؛؟)\]»”%]$/u.test(before) ? " " : "";
  const tail = spaced && /^[\p{L}\p{N}]/u.test(after) ? " " : "";
  field.focus();
  // The old way keeps the field's undo; where a browser no longer has it, the text is set.
  if (document.execCommand("insertText", false, lead + text + tail)) return;
  field.setRangeText(lead + text + tail, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input"));
}

// What was typed and not yet saved, in case the browser or the machine goes.
function keepLocal(work) {
  const texts = Object.fromEntries(changed(work).map((pair) => [pair.id, { text: pair.text.value, seen: pair.seen.value }]));
  try {
    localStorage.setItem(work.key, JSON.stringify(texts));
  } catch { /* no room, or not allowed: the draft is saved all the same */ }
}

function offerLocal(work) {
  const box = document.querySelector("[data-local]");
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(work.key)); } catch { /* not ours */ }
  const there = work.pairs.filter((pair) => kept?.[pair.id] && kept[pair.id].text !== pair.text.value);
  if (!box || !there.length) return;
  box.hidden = false;
  box.querySelector("[data-local-take]").addEventListener("click", () => {
    for (const pair of there) { pair.text.value = kept[pair.id].text; pair.seen.value = kept[pair.id].seen; }
    box.hidden = true;
    there[0].text.focus();
    save(work);
  });
  box.querySelector("[data-local-drop]").addEventListener("click", () => { localStorage.removeItem(work.key); box.hidden = true; });
}

function leave(work) {
  const body = new URLSearchParams({ csrf: work.form.elements.csrf.value });
  navigator.sendBeacon(work.form.getAttribute("action").replace(/save$/, "leave"), body);
}

function say(work, text) {
  work.form.querySelector("[data-saved]").textContent = text;
}
