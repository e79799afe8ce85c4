/* Fields with a list that says where names are found suggest them as one types: entities, claims,
   partnerships. Each works without it. */

let latest = 0;
let waiting;

document.addEventListener("input", (event) => {
  if (!event.target.list?.dataset.names) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => offer(event.target), 150);
});

async function offer(field) {
  const { list } = field;
  const mine = ++latest;
  const url = new URL(list.dataset.names, location.href);
  // Only entities are named several in one field; the words of a claim may hold a semicolon.
  const before = list.id === "entity-names" ? field.value.split(";") : [field.value];
  url.searchParams.set("q", before.pop());
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok || mine !== latest) return;
  list.innerHTML = await response.text();
  // In a field of several names, a suggestion keeps those that stand before it.
  const kept = before.map((name) => `${name.trim()}; `).join("");
  if (kept) for (const option of list.options) option.value = kept + option.value;
}
