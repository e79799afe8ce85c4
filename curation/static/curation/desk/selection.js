/* What is selected in the text, as places of the capture in Unicode code points.

   Browsers count UTF-16 units, so one emoji would shift every later place: counted anew here.
   Each .words element begins at its data-start and holds exactly its passage's text. */

export function selected(text) {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  return placeOf(selection.getRangeAt(0), text);
}

export function placeOf(range, text) {
  const touched = [...text.querySelectorAll(".words")].filter((words) => range.intersectsNode(words));
  if (touched.length === 0) return null;
  const first = touched[0];
  const last = touched.at(-1);
  const start = first.contains(range.startContainer)
    ? place(first, range.startContainer, range.startOffset)
    : Number(first.dataset.start);
  const end = last.contains(range.endContainer)
    ? place(last, range.endContainer, range.endOffset)
    : Number(last.dataset.start) + codePoints(last.textContent);
  return start < end ? { start, end } : null;
}

/** The code point of the capture at which a caret stands, or null outside the text. */
export function caretIn(words) {
  const selection = document.getSelection();
  if (!selection || !words.contains(selection.focusNode)) return null;
  return place(words, selection.focusNode, selection.focusOffset);
}

function place(words, node, offset) {
  const before = document.createRange();
  before.setStart(words, 0);
  before.setEnd(node, offset);
  return Number(words.dataset.start) + codePoints(before.toString());
}

export function codePoints(string) {
  let count = 0;
  for (const _ of string) count += 1;
  return count;
}
