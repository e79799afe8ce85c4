/* The dialog about selected words: it opens with what the desk answered, and closes when done. */

const dialog = document.getElementById("desk-dialog");

document.addEventListener("desk:answered", ({ detail }) => {
  if (!dialog) return;
  if (detail.ids.includes("desk-dialog-body")) {
    if (!dialog.open) dialog.showModal();
    arrange();
  } else if (detail.done && detail.form.matches("[data-closes]")) {
    dialog.close();
  }
});

dialog?.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close]")) return;
  event.preventDefault();
  dialog.close();
});

dialog?.addEventListener("change", arrange);
arrange();

/** A claim that is there needs no words of its own: its fields step aside. */
function arrange() {
  const form = document.querySelector("[data-claim-form]");
  const own = form?.querySelector("[data-new-claim]");
  if (own) own.hidden = form.elements.claim.value !== "";
}
