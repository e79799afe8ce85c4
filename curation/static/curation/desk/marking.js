/* Mark the words that answer an objection: select them in the sentence, or choose the first and
   the last in the form, which also does without this file. */

const FORMS = "form[data-marking]";

/** The form's words between its two ends look marked. */
function show(form) {
  const [start, end] = [Number(form.elements.start.value), Number(form.elements.end.value)];
  for (const word of form.querySelectorAll("[data-start]")) {
    const inside = Number(word.dataset.start) >= start && Number(word.dataset.end) <= end;
    word.classList.toggle("marking-chosen", inside);
  }
}

function showAll() {
  for (const form of document.querySelectorAll(FORMS)) {
    form.querySelector("[data-script]").hidden = false;
    show(form);
  }
}

function choose(form, words) {
  form.elements.start.value = words[0].dataset.start;
  form.elements.end.value = words.at(-1).dataset.end;
  show(form);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.(FORMS);
  if (!form) return;
  const { start, end } = form.elements; // the one that was not moved follows
  if (end.selectedIndex < start.selectedIndex) {
    const other = event.target === start ? end : start;
    other.selectedIndex = event.target.selectedIndex;
  }
  show(form);
});

/* Browsers have not settled a click's selection before the event has passed. */
document.addEventListener("pointerup", (event) => {
  const box = event.target.closest?.(".marking-words");
  if (box) setTimeout(() => take(box, event.target.closest("[data-start]")), 0);
});

function take(box, clicked) {
  const selection = document.getSelection();
  const form = box.closest(FORMS);
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const words = range
    ? [...box.querySelectorAll("[data-start]")].filter((word) => touches(range, word))
    : [clicked].filter(Boolean);
  if (words.length) choose(form, words);
}

/** Whether letters of the word are selected; its edge alone is not the word. */
function touches(range, word) {
  if (!range.intersectsNode(word)) return false;
  const part = document.createRange();
  part.selectNodeContents(word);
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) {
    part.setStart(range.startContainer, range.startOffset);
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) {
    part.setEnd(range.endContainer, range.endOffset);
  }
  return part.toString().trim() !== "";
}

/* The gate is renewed by typing and by every answer. */
new MutationObserver(showAll).observe(document.querySelector(".editor-view"), { childList: true });
showAll();
