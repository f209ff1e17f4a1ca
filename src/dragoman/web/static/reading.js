// The reading pane: on a wide screen an item opens beside the list, and the list stays where it is.
const wide = matchMedia("(min-width: 80rem)");

export function startReading() {
  const view = document.querySelector("[data-view]");
  if (!view) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-open]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || !wide.matches) return;
    event.preventDefault();
    open(view, link.dataset.open, link.href);
  });
  addEventListener("popstate", () => {
    const item = new URL(location.href).searchParams.get("item");
    if (item && wide.matches) open(view, item, null);
    else location.reload();
  });
}

async function open(view, item, address) {
  const html = await fragment(`/item/${item}/pane`);
  if (html === null) {
    if (address) location.href = address;
    return;
  }
  view.replaceChildren(...html.childNodes);
  view.scrollTop = 0;
  document.body.classList.add("has-item");
  mark(item);
  if (address) history.pushState({}, "", address.split("#")[0]);
}

export function mark(item) {
  for (const row of document.querySelectorAll(".row")) {
    row.classList.toggle("is-on", row.dataset.item === item);
  }
}

// A piece of a page, parsed and inert; null when the server would not give it.
export async function fragment(address) {
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").body;
  } catch {
    return null;
  }
}
