/* Fields that take an entity's name suggest names as one types; the field works without it. */

const list = document.getElementById("entity-names");
let latest = 0;
let waiting;

document.addEventListener("input", (event) => {
  if (!list?.dataset.names || event.target.getAttribute?.("list") !== "entity-names") return;
  clearTimeout(waiting);
  waiting = setTimeout(() => offer(event.target), 150);
});

async function offer(field) {
  const mine = ++latest;
  const url = new URL(list.dataset.names, location.href);
  const before = field.value.split(";");
  url.searchParams.set("q", before.pop());
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok || mine !== latest) return;
  list.innerHTML = await response.text();
  // In a field of several names, a suggestion keeps those that stand before it.
  const kept = before.map((name) => `${name.trim()}; `).join("");
  if (kept) for (const option of list.options) option.value = kept + option.value;
}
