// What the workshop gains when scripts run: letters counted while they are written, pictures hung by hand, a button that prints.
document.documentElement.classList.add("js");
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

// Marks that lie on a letter do not count, nor do line breaks: the same rule as on the server (text/counting.py).
const UNCOUNTED = /[\n\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]/g;
const most = Number(document.querySelector("[data-most]")?.dataset.most ?? 0);
for (const field of document.querySelectorAll("[data-count]")) {
  const said = document.getElementById(field.getAttribute("aria-describedby"));
  field.addEventListener("input", () => {
    const count = [...field.value.trim().replace(UNCOUNTED, "")].length;
    said.querySelector("[data-number]").textContent = count;
    said.classList.toggle("no", count > most);
    said.querySelector("[data-over]").hidden = count <= most;
  });
}

// Nothing typed is lost by leaving the page unawares.
const captions = document.getElementById("captions");
if (captions) {
  let changed = false;
  captions.addEventListener("input", () => { changed = true; });
  captions.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// Hung by hand: dropped before another picture, or at the end of a wall, it is the same form that is sent.
let dragged = null;
for (const list of document.querySelectorAll("[data-hung]")) {
  for (const item of list.children) {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      if (event.target.closest?.("input, select, textarea")) return event.preventDefault();
      dragged = item;
      item.classList.add("is-dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.picture);
    });
    item.addEventListener("dragend", () => { item.classList.remove("is-dragged"); dragged = null; clear(); });
  }
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    clear();
    const before = under(list, event.clientY);
    if (before) before.classList.add("is-before");
    else list.classList.add("is-over");
  });
  list.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const others = [...list.children].filter((one) => one !== dragged);
    const before = under(list, event.clientY);
    hang(dragged, list.closest("[data-wall]").dataset.wall, before ? others.indexOf(before) + 1 : others.length + 1);
  });
}

function under(list, y) {
  const others = [...list.children].filter((one) => one !== dragged);
  return others.find((one) => y < one.getBoundingClientRect().top + one.offsetHeight / 2);
}

function hang(item, wall, place) {
  const form = item.querySelector("form.hang");
  const room = form.elements.namedItem("room");
  form.elements.namedItem("place").value = place;
  if (room && wall) room.value = wall;
  form.requestSubmit(form.querySelector("button:not([name])"));
}

function clear() {
  for (const one of document.querySelectorAll(".is-before, .is-over")) one.classList.remove("is-before", "is-over");
}
