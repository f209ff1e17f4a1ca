// Lines of one story together: the newest leads, the others stand under it. Flashes, holds and kills are never put there.
const SOON_MS = 300;
let asking = 0;

export function storiesChanged(list) {
  clearTimeout(asking);
  asking = setTimeout(() => (list ? askAgain(list) : offer()), SOON_MS);
}

// On a page of stories: text that is stopped goes at once, and the page is asked for anew.
export function storyStopped(item) {
  const page = document.querySelector("[data-story], [data-stories]");
  if (!page || ("story" in page.dataset && !page.querySelector(`a[href^="/item/${item}"]`))) return false;
  page.hidden = true;
  document.title = "Dragoman";
  location.reload();
  return true;
}

// On a story's page: is it still what is shown? Nothing moves; a line offers to show it again.
async function offer() {
  const shown = document.querySelector("[data-story-stamp]");
  if (!shown) return;
  const answer = await asked(`/story/${shown.dataset.story}/stamp`);
  if (answer && answer.stamp !== shown.dataset.storyStamp) shown.querySelector("[data-story-changed]").hidden = false;
}

async function askAgain(list) {
  const rows = [...list.querySelectorAll(".row")];
  if (!rows.length) return;
  const found = await asked(`/wire/groups?items=${rows.map((row) => row.dataset.item).join()}`);
  if (!found) return;
  const stories = new Map(found.map((one) => [String(one.item), one]));
  const words = JSON.parse(list.dataset.words);
  for (const row of rows) label(row, stories.get(row.dataset.item), words);
  regroup(list);
}

function label(row, part, words) {
  row.querySelector(".in-story")?.remove();
  delete row.dataset.story;
  if (!part) return;
  row.dataset.story = part.story;
  const link = document.createElement("a");
  link.className = "in-story";
  link.href = `/story/${part.story}`;
  link.title = words.story;
  const said = document.createElement("span");
  said.className = "unseen";
  said.textContent = `${words.story} `;
  const count = document.createElement("bdi");
  count.textContent = `${part.items} · ${part.languages.join(" ")}`;
  link.append(said, count);
  row.querySelector(".id").append(link);
}

export function regroup(list) {
  const place = list?.querySelector("[data-rows]");
  if (!place || "flat" in list.dataset) return;
  const focused = document.activeElement;
  const open = new Set([...place.querySelectorAll(".group[open]")].map((one) => one.dataset.group));
  const rows = [...place.querySelectorAll(".row")].sort((one, other) => other.dataset.sequence - one.dataset.sequence);
  const leads = new Map();
  const shown = [];
  for (const row of rows) {
    const story = "alone" in row.dataset ? undefined : row.dataset.story;
    if (story && leads.has(story)) {
      leads.get(story).push(row);
    } else {
      shown.push(row);
      if (story) leads.set(story, []);
    }
  }
  const words = JSON.parse(list.dataset.words);
  const made = shown.flatMap((row) => {
    const others = "alone" in row.dataset ? [] : (leads.get(row.dataset.story) ?? []);
    return others.length ? [row, under(row.dataset.story, others, words, open)] : [row];
  });
  const before = [...place.children];
  if (before.length === made.length && before.every((one, at) => one === made[at])) return;
  place.replaceChildren(...made);
  if (focused && place.contains(focused)) focused.focus({ preventScroll: true });
}

function under(story, rows, words, open) {
  const group = document.createElement("details");
  group.className = "group";
  group.dataset.group = story;
  group.open = open.has(story) || rows.some((row) => row.classList.contains("is-on"));
  const said = document.createElement("summary");
  said.textContent = words.others.replace("{count}", rows.length);
  group.append(said, ...rows);
  return group;
}

async function asked(address) {
  try {
    const answer = await fetch(address, { headers: { accept: "application/json" }, credentials: "same-origin" });
    return answer.ok && !answer.redirected ? await answer.json() : null;
  } catch {
    return null;
  }
}
