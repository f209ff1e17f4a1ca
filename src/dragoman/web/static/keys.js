// The keyboard: single keys, never while typing, never with a modifier; by the key's place where the layout is not Latin.
const PLACES = { wire: "/wire", partners: "/partners", operations: "/operations" };
const GO = { w: "wire", p: "partners", o: "operations" };
let going = 0;

export function startKeys() {
  const dialog = document.getElementById("keys");
  for (const button of document.querySelectorAll("[data-show-keys]")) {
    button.addEventListener("click", () => dialog.showModal());
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const key = latin(event);
    if (going && Date.now() - going < 1500 && GO[key]) {
      location.href = PLACES[GO[key]];
      return;
    }
    going = key === "g" ? Date.now() : 0;
    const act = ACTS[key];
    if (act && act(dialog) !== false) event.preventDefault();
  });
}

const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  o: () => chosen()?.click() ?? false,
  ".": () => shown(document.querySelector("[data-new]"))?.click() ?? false,
  "/": () => document.getElementById("q")?.focus() ?? undefined,
  d: () => document.querySelector("[data-changes]")?.click() ?? false,
  "?": (dialog) => dialog?.showModal(),
};

function shown(element) {
  return element && !element.hidden ? element : null;
}

// A Cyrillic or Arabic layout gives another letter for the same key: take the key by its place.
export function latin(event) {
  if (event.key.length !== 1 || event.key.charCodeAt(0) < 128) return event.key;
  if (/^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase();
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  return event.code === "Period" ? "." : event.key;
}

export function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null || document.querySelector("dialog[open]") !== null;
}

function links() {
  return [...document.querySelectorAll("[data-open]")].filter((one) => one.checkVisibility());
}

function chosen() {
  const focused = document.activeElement?.closest?.("[data-open]");
  return focused ?? document.querySelector(".row.is-on [data-open]");
}

function move(by) {
  const all = links();
  if (!all.length) return false;
  const at = all.indexOf(chosen());
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))];
  next.focus({ preventScroll: true });
  next.closest(".row").scrollIntoView({ block: "nearest" });
}
