/* The screen of a cause: tick at once all that can be confirmed. Each tick can be taken back. */

const boxes = () => document.querySelectorAll('input[name="alerts"][form="confirm-all"]');

function offer() {
  const button = document.querySelector("[data-tick-all]");
  if (button) button.hidden = boxes().length < 2;
}

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-tick-all]")) return;
  for (const box of boxes()) box.checked = true;
  const words = `${boxes().length} ticked. Write why they stand as they are, then confirm.`;
  document.dispatchEvent(new CustomEvent("desk:say", { detail: { words } }));
  document.getElementById("confirm-reason").focus();
});

// A dialog that closes gives the focus back to what is not there any more: the part is.
document.addEventListener("desk:answered", ({ detail }) => {
  offer();
  const part = detail.ids.find((id) => id.startsWith("group-"));
  if (part) setTimeout(() => hold(document.getElementById(part)));
});

function hold(part) {
  const focus = document.activeElement;
  const lost = focus === document.body || focus.closest("dialog:not([open])");
  if (lost) part?.focus({ preventScroll: true });
}

offer();
