/* The form by which texts come in: files that are too large are told before they are sent, and
   the table of what was looked at is brought into sight. */

const MB = 1024 * 1024;
const form = document.querySelector("form[data-upload]");
const files = form.querySelector("input[type=file]");
const said = form.querySelector("[data-said]");
const largest = Number(form.dataset.largest);

files.addEventListener("change", tell);
form.addEventListener("submit", (event) => {
  if (tell()) event.preventDefault();
  else form.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => form.removeAttribute("aria-busy"));
document.getElementById("looked-title")?.focus();

/** Say whether the chosen files are too large. */
function tell() {
  const size = [...files.files].reduce((sum, file) => sum + file.size, 0) / MB;
  const tooLarge = size > largest;
  said.textContent = tooLarge
    ? `Together they have ${Math.ceil(size)} MB; one upload has at most ${largest} MB.`
    : "";
  said.hidden = !tooLarge;
  return tooLarge;
}
