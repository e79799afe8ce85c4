import { typedIn } from "./typed.js";

/* Forms and links marked data-fragment are answered in place.

   The answer holds elements with ids, which take the place of those on the page, and the words
   to say in #desk-said, which screen readers hear. Without this file the same forms load pages.
   Others listen to "desk:answered" {form, done, words, ids} and may ask "desk:say" {words}. */

const busy = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-fragment]")) return;
  event.preventDefault();
  ask(form, request(form, event.submitter));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-fragment]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(link, [link.href, {}]);
});

document.addEventListener("desk:say", (event) => say(event.detail.words, event.detail.kind));

function request(form, button) {
  const data = new FormData(form, button);
  const address = button?.getAttribute("formaction") || form.getAttribute("action") || location.href;
  if (form.method === "post") return [address, { method: "POST", body: new URLSearchParams(data) }];
  const url = new URL(address, location.href);
  url.search = new URLSearchParams(data);
  return [url, {}];
}

async function ask(asker, [address, options]) {
  if (busy.has(asker)) return; // a second click while the first is on its way
  busy.add(asker);
  asker.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, {
      ...options,
      headers: { "X-Desk": "fragment" },
      credentials: "same-origin",
    });
    take(asker, response, await response.text());
  } catch {
    tell(asker, "The desk cannot be reached. Nothing was saved; what you typed is still here.", "error");
  } finally {
    busy.delete(asker);
    asker.removeAttribute("aria-busy");
  }
}

function take(asker, response, html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const said = answer.getElementById("desk-said");
  if (said === null) return refuse(asker, response);
  const done = said.dataset.kind !== "error";
  const words = said.textContent.trim();
  said.remove();
  const ids = replace(answer, asker);
  tell(asker, words, done ? "done" : "error");
  const detail = { form: asker, done, words, ids, answer };
  document.dispatchEvent(new CustomEvent("desk:answered", { detail }));
  if (!done) ids.map(firstAsked).find(Boolean)?.focus();
}

/** The first field in which something is asked for. */
function firstAsked(id) {
  return document.querySelector(`#${CSS.escape(id)} [aria-invalid="true"]`);
}

function refuse(asker, response) {
  const signedOut = response.redirected && response.url.includes("/login/");
  const words = signedOut
    ? "You are signed out. Sign in again in another tab, then repeat this; what you typed is still here."
    : `The desk did not answer as it should (${response.status}). What you typed is still here.`;
  tell(asker, words, "error");
}

/** Put the answer's elements in the place of those with the same ids; keep the focus, and what
    was typed in other forms than the one that is answered. */
function replace(answer, asker) {
  const ids = [];
  for (const part of [...answer.body.children]) {
    const old = part.id && document.getElementById(part.id);
    if (!old) continue;
    const focus = old.contains(document.activeElement) ? handle(document.activeElement) : null;
    const open = [...old.querySelectorAll("details[open][id]")].map((one) => one.id);
    const putBack = typedIn(old, asker, handle);
    old.replaceWith(part);
    putBack(part);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focus) focusOn(part.querySelector(focus) ?? part);
    ids.push(part.id);
  }
  return ids;
}

function focusOn(element) {
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** A selector that finds the same control in the element that comes instead. */
function handle(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (!element.name) return ":scope";
  const value = element.value ? `[value="${CSS.escape(element.value)}"]` : "";
  return `[name="${CSS.escape(element.name)}"]${value}`;
}

/** Say it where the act was, and aloud. */
function tell(asker, words, kind) {
  say(words, kind);
  const place = asker.isConnected ? asker.querySelector(":scope [data-said]") : null;
  if (!place) return;
  place.textContent = kind === "error" ? words : "";
  place.hidden = kind !== "error";
}

function say(words, kind = "done") {
  const region = document.getElementById("desk-said");
  region.textContent = "";
  region.dataset.kind = kind;
  // A change that screen readers notice even when the words are the same as before.
  setTimeout(() => {
    // While a dialog is open, whatever is outside it is neither seen nor heard.
    const place = document.querySelector("dialog[open]") ?? document.body;
    if (region.parentElement !== place) place.append(region);
    region.textContent = words;
  }, 50);
}
