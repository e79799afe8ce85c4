/* What a person began to write stays when the part of the page around it comes anew. */

/** Remember what was typed or ticked in `old`, but for `form`; `handle` tells how to find a control
    again. Returns a function that puts it back into the part that comes instead: where that shows
    what the old one showed, since what somebody else wrote meanwhile is to be seen first. */
export function typedIn(old, form, handle) {
  const controls = [...old.querySelectorAll("input, textarea, select")];
  const typed = controls.filter((control) => control.form !== form && isTyped(control));
  return (part) => {
    for (const control of typed) {
      const now = part.querySelector(handle(control));
      if (now && shown(now) === shown(control)) putInto(now, control);
    }
  };
}

function isTyped(control) {
  if (control.type === "file" || control.type === "select-multiple") return false;
  return written(control) !== shown(control);
}

/** What the page came with. */
function shown(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.defaultChecked;
  if (control.type !== "select-one") return control.defaultValue;
  const chosen = [...control.options].find((option) => option.defaultSelected);
  return (chosen ?? control.options[0])?.value;
}

/** What it holds now. */
function written(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.checked;
  return control.value;
}

function putInto(now, control) {
  if (control.type === "checkbox" || control.type === "radio") now.checked = control.checked;
  else now.value = control.value;
}
