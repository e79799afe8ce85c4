/* The summary editor: insert citations, show the reader's view while writing, guard what is
   not saved. Without this file the same form saves and previews by its buttons. */

const PAUSE = 700; // milliseconds without typing before the view is asked for
const form = document.getElementById("draft");
const state = document.getElementById("draft-state");
let field = document.getElementById("draft-text");
let dirty = form.hasAttribute("data-typed");
let typedSince = false; // while a save is on its way
let timer = 0;
let asked = 0;

for (const hidden of document.querySelectorAll("[data-script]")) hidden.hidden = false;
form.querySelector("[data-preview-button]").hidden = true;
guard();

/* --- citations ------------------------------------------------------------------------------ */

form.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea, input:not([type=hidden])")) field = event.target;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-insert]");
  if (button) insert(button.dataset.insert);
});

/** Put a citation where the cursor is, apart from the word before it. */
function insert(key) {
  const before = field.value.slice(0, field.selectionStart);
  const gap = before === "" || /\s$/.test(before) ? "" : " ";
  field.setRangeText(gap + key, field.selectionStart, field.selectionEnd, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Say beside each claim whether the text cites it. */
function mark() {
  const text = [...form.querySelectorAll("textarea, input[type=text]")].map((one) => one.value);
  for (const note of document.querySelectorAll("[data-cited]")) {
    note.hidden = !text.some((part) => part.includes(note.dataset.cited));
  }
}

/* --- find a claim --------------------------------------------------------------------------- */

document.getElementById("side-words").addEventListener("input", (event) => {
  const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const claim of document.querySelectorAll(".side-claim")) {
    claim.hidden = !words.every((word) => claim.dataset.words.includes(word));
  }
});

/* --- the reader's view ---------------------------------------------------------------------- */

form.addEventListener("input", () => {
  dirty = typedSince = true;
  mark();
  guard();
  clearTimeout(timer);
  timer = setTimeout(view, PAUSE);
});

async function view() {
  const number = ++asked;
  try {
    const response = await fetch(form.dataset.preview, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "X-Desk": "fragment" },
      credentials: "same-origin",
    });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    const html = await response.text();
    if (number === asked) put(html); // an older answer may come after a newer one
  } catch {
    state.textContent = "Not saved. The reader’s view cannot be reached just now.";
  }
}

/** Renew the two sections; the part of the screen that scrolls stays where it was. */
function put(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const id of ["gate", "preview"]) {
    const part = answer.getElementById(id);
    if (!part) continue;
    const old = document.getElementById(id);
    for (const open of old.querySelectorAll("details[open][id]")) {
      part.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute("open", "");
    }
    old.replaceWith(part);
  }
}

/* --- what is not saved ---------------------------------------------------------------------- */

/** Moves are about the saved revision: they wait while something else is typed. */
function guard() {
  state.textContent = dirty ? "Not saved." : "";
  for (const button of document.querySelectorAll("#bar button[type=submit], #gate [data-saved-only]")) {
    button.disabled = dirty;
  }
  document.getElementById("bar").classList.toggle("bar-waiting", dirty);
}

document.addEventListener("desk:answered", (event) => {
  if (event.detail.form !== form) return;
  clearTimeout(timer);
  asked += 1;
  dirty = !event.detail.done || typedSince;
  guard();
  if (!dirty) state.textContent = event.detail.words;
  document.getElementById("faster-title")?.scrollIntoView({ block: "start" });
});

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    form.querySelector("button.default")?.click();
  }
});

addEventListener("beforeunload", (event) => {
  if (dirty) event.preventDefault();
});

/* On the window, so after fragments.js, which keeps the page. */
addEventListener("submit", (event) => {
  if (event.target !== form) return;
  typedSince = false;
  if (!event.defaultPrevented) dirty = false;
});
