/* The reading room: move from passage to passage, label with keys, select words. */

import { caretIn, codePoints, selected } from "./selection.js";
import "./claim.js";

const text = document.getElementById("text");
const passages = () => [...text.querySelectorAll(".passage[data-passage]")];
const atHand = () => text.querySelector(".passage.at-hand");
let last = atHand()?.id; // where one was before an answer
const say = (words, kind) =>
  document.dispatchEvent(new CustomEvent("desk:say", { detail: { words, kind } }));

/* --- the passage at hand --------------------------------------------------------------------- */

text.addEventListener("click", (event) => {
  const gutter = event.target.closest(".gutter");
  const passage = event.target.closest(".passage[data-passage]");
  if (gutter && !event.ctrlKey && !event.metaKey) event.preventDefault();
  if (passage && document.getSelection().isCollapsed && !event.target.closest("summary, .cite")) {
    take(passage, Boolean(gutter));
  }
});

function take(passage, focus = true) {
  if (!passage) return;
  for (const old of text.querySelectorAll(".at-hand")) {
    old.classList.remove("at-hand");
    old.querySelector(".gutter")?.removeAttribute("aria-current");
  }
  passage.classList.add("at-hand");
  const gutter = passage.querySelector(".gutter");
  gutter.setAttribute("aria-current", "true");
  if (focus) {
    gutter.focus({ preventScroll: true });
    passage.scrollIntoView({ block: "nearest" });
  }
  history.replaceState(null, "", gutter.href);
  last = passage.id;
  fill(passage);
}

/** Tell the bar about another passage; its form is the same for all. */
function fill(passage) {
  const bar = document.getElementById("bar");
  if (!bar) return;
  const said = passage.dataset;
  bar.querySelector('[data-fill="number"]').textContent = said.number;
  bar.querySelector('[data-fill="state"]').textContent = state(said);
  for (const input of bar.querySelectorAll('input[name="passage"]')) input.value = said.passage;
  for (const button of bar.querySelectorAll(".label-buttons button")) {
    button.setAttribute("aria-pressed", String(button.value === said.reliability));
  }
  const form = document.getElementById("bar-form");
  if (form) {
    form.elements.seen.value = said.seen;
    for (const radio of form.elements.credibility) radio.checked = radio.value === said.credibility;
    tick(form, said.reasons.split(" "), passage.querySelector("template"));
    form.querySelector("[data-said]").hidden = true;
  }
  for (const link of bar.querySelectorAll("[data-passage-link]")) {
    link.href = `${link.dataset.passageLink}?start=${said.start}&end=${said.end}`;
  }
  offerCuts(passage);
  // Where the forms of other panels come back to, and from where the text is searched on.
  for (const input of document.querySelectorAll('.room input[name="at"]')) input.value = said.passage;
  for (const input of document.querySelectorAll("[data-after]")) input.value = said.end;
}

/** Tick the reasons in force; those that the machine suggests stand above, with their words. */
function tick(form, reasons, suggested) {
  const above = form.querySelector("[data-hinted]");
  above.replaceChildren(...(suggested ? [suggested.content.cloneNode(true)] : []));
  const shown = [...above.querySelectorAll('[name="hinted"]')].map((one) => one.value);
  for (const box of form.querySelectorAll('.ticks [name="reasons"]')) {
    box.checked = reasons.includes(box.value);
    box.closest("label").hidden = shown.includes(box.value);
  }
  form.querySelector("summary").textContent = shown.length ? "Other reasons" : "Reasons";
}

/** A place in the part on screen is taken without loading it anew. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-place]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const place = Number(link.dataset.place);
  const holds = ({ dataset }) => Number(dataset.start) <= place && place < Number(dataset.end);
  const passage = passages().find(holds);
  if (!passage) return;
  event.preventDefault();
  take(passage);
});

function state({ reliability, credibility, suggested }) {
  if (reliability) return credibility < 6 ? `${reliability}, credibility ${credibility}` : reliability;
  return suggested ? `${suggested} suggested` : "no label";
}

/** The places at which the passage could be split: before each of its words. */
function offerCuts(passage) {
  const select = document.getElementById("split-at");
  if (!select) return;
  const words = passage.querySelector(".words").textContent;
  const start = Number(passage.dataset.start);
  const places = [...words.matchAll(/\s+(?=\S)|(?<=[→»…])(?=[\p{L}\p{N}])/gu)].slice(0, 400);
  select.replaceChildren(
    ...places.map((match) => {
      const at = match.index + match[0].length;
      const place = start + codePoints(words.slice(0, at));
      return new Option(`…${words.slice(at, at + 30)}`, String(place));
    }),
  );
}

function caretToCut() {
  const select = document.getElementById("split-at");
  const passage = atHand();
  const place = select && passage && caretIn(passage.querySelector(".words"));
  if (!place) return;
  const options = [...select.options];
  const near = options.find((option) => Number(option.value) >= place);
  if (near) select.value = near.value;
}

/* --- keys: only while the text has the focus, so that they take nothing from anybody ---------- */

const LABELS = { n: "news", s: "speculative", x: "spam", h: "heading" };

text.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest(".gutter")) return;
  const act = actOf(event.key);
  if (!act) return;
  event.preventDefault();
  act();
});

function actOf(key) {
  if (key === "j" || key === "ArrowDown") return () => step(1);
  if (key === "k" || key === "ArrowUp") return () => step(-1);
  if (key in LABELS) return () => label(LABELS[key]);
  if (/^[1-6]$/.test(key)) return () => judge(key);
  if (key === "a") return acceptOne;
  if (key === "c") return () => open("claim");
  if (key === "l") return () => open("link");
  return null;
}

function step(by) {
  const all = passages();
  const next = all[all.indexOf(atHand()) + by];
  if (next) return take(next);
  // Past the edge of this part: the neighbour opens with its nearest passage at hand.
  const way = document.getElementById(by > 0 ? "later" : "earlier");
  if (way) location.assign(way.dataset.step);
}

function label(value) {
  document.querySelector(`#bar-form button[value="${value}"]`)?.click();
}

function judge(number) {
  const { reliability, suggested } = atHand().dataset;
  if ((reliability || suggested) !== "news") {
    return say("Credibility is judged of news only: label the passage news first.", "error");
  }
  const radio = document.querySelector(`#bar-form [name="credibility"][value="${number}"]`);
  if (!radio) return;
  radio.checked = true;
  label("news");
}

function acceptOne() {
  const { reliability, suggested } = atHand().dataset;
  if (reliability) return say("This passage has a label already.");
  if (!suggested) return say("There is no suggestion for this passage.");
  label(suggested);
}

function open(which) {
  const link = document.getElementById(`selection-${which}`);
  const bar = document.getElementById("selection-bar");
  if (link && bar && !bar.hidden) return link.click();
  document.querySelector(`#bar .bar-more a[data-passage-link$="/${which}/"]`)?.click();
}

/* --- after an answer -------------------------------------------------------------------------- */

document.addEventListener("desk:answered", ({ detail }) => {
  const moved = (id) => detail.ids.includes(id);
  // The whole text came anew: stay where one was, if that passage is still there.
  if (moved("passages") && document.getElementById(last)) take(document.getElementById(last), false);
  else if (moved("bar") || moved(atHand()?.id)) fill(atHand());
  last = atHand()?.id;
});

/* --- selected words --------------------------------------------------------------------------- */

const bar = document.getElementById("selection-bar");

document.addEventListener("selectionchange", () => {
  caretToCut();
  const found = bar && selected(text);
  if (!found) {
    if (bar) bar.hidden = true;
    return;
  }
  for (const link of bar.querySelectorAll("a[data-base]")) {
    link.href = `${link.dataset.base}?start=${found.start}&end=${found.end}`;
  }
  const length = found.end - found.start;
  document.getElementById("selection-length").textContent =
    length > 700 ? `${length} characters; a quote has at most 700` : "";
  place(document.getSelection().getRangeAt(0).getBoundingClientRect());
});

// A click on the bar must not take the selection away before the link is followed.
bar?.addEventListener("mousedown", (event) => event.preventDefault());

function place(around) {
  bar.hidden = false;
  const left = Math.min(around.left, document.documentElement.clientWidth - bar.offsetWidth - 8);
  bar.style.left = `${Math.max(8, left) + scrollX}px`;
  bar.style.top = `${around.bottom + scrollY + 6}px`;
}
