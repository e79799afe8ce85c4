/* The page of an import that is not over: how far it is, asked for again every few seconds while
   somebody can see it. Without this file the page has a link to look again. */

const PAUSE = 2000;
const live = document.querySelector("[data-progress]");
const said = document.getElementById("import-said");
let waiting;
let told = "";

document.addEventListener("visibilitychange", () => {
  clearTimeout(waiting);
  if (!document.hidden) look();
});

live.querySelector(".import-again").hidden = true;
if (!document.hidden) waiting = setTimeout(look, PAUSE);

async function look() {
  try {
    const response = await fetch(live.dataset.progress, { credentials: "same-origin" });
    if (!response.ok || response.redirected) throw new Error(response.status);
    show(await response.text());
  } catch {
    live.querySelector(".import-again").hidden = false;
    say("The desk did not answer. It is asked again.");
  }
  clearTimeout(waiting);
  if (!document.hidden) waiting = setTimeout(look, PAUSE);
}

function show(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const panel = answer.getElementById("import-progress");
  if (panel === null) throw new Error("no progress");
  if (panel.dataset.live === "no") return location.replace(location.pathname);
  document.getElementById("import-progress").replaceWith(panel);
  live.querySelector(".import-again").hidden = true;
  // Aloud at every tenth, and when it does something else than before.
  const share = panel.dataset.share;
  const doing = panel.dataset.words.split(".")[0];
  say(share ? `${Math.floor(share / 10) * 10} % or more is stored. ${doing}.` : `${doing}.`);
}

function say(words) {
  if (words === told) return;
  told = words;
  said.textContent = words;
}
