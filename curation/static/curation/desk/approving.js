/* The reviewer's ticks: how many are left, and keys from tick to tick. */

const ticks = [...document.querySelectorAll('input[name="confirmed"]')];
const count = document.getElementById("confirmed-count");

function tell() {
  const done = ticks.filter((tick) => tick.checked).length;
  count.hidden = false;
  count.textContent = `${done} of ${ticks.length} confirmed`;
}

document.addEventListener("change", (event) => {
  if (ticks.includes(event.target)) tell();
});

// While a tick has the focus: j and k, or the arrows, go to the next and the one before.
document.addEventListener("keydown", (event) => {
  const at = ticks.indexOf(event.target);
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  const by = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  const next = by && ticks[at + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.closest(".review-row").scrollIntoView({ block: "nearest" });
});

if (count) tell();
document.querySelector('.review [aria-invalid="true"]')?.focus();
