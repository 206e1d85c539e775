// The boxes of a live page while it changes around them, and dragging a note to where it belongs.

const boxes = "textarea, input:not([type=hidden], [type=radio], [type=checkbox])";
let again = "";
const isTyped = (field) => field.value !== (field.matches("textarea") ? "" : field.defaultValue);

// What is typed stays as it is. A box in which nothing stands takes the new form, and so does the one that was sent.
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  // Of other answers nothing is put in.
  if (![200, 422].includes(ctx.response.status)) return;
  // Only the top of the page is new: what stands below it stays.
  const isSame = ctx.text.includes(" data-same>");
  document.getElementById("below")?.toggleAttribute("hx-morph-skip", isSame);
  if (isSame) return;
  const sent = ctx.sourceElement.closest?.("[hx-morph-skip] form");
  document.querySelectorAll("#live [hx-morph-skip]").forEach((box) => {
    // The page has said that it has this one, so none came.
    if (ctx.text.includes(`id="${box.id}" hx-morph-skip data-kept>`)) return;
    const isSent = box.contains(sent);
    if (isSent && ctx.response.status === 200) {
      sent.reset();
      again = box.id;
    }
    const idle = !box.contains(document.activeElement) && !box.querySelector("details[open]");
    if (isSent || (idle && ![...box.querySelectorAll(boxes)].some(isTyped))) box.removeAttribute("hx-morph-skip");
  });
});

// A fold that came with something to put right is open (an open one is left alone by the swap, see base.html).
document.addEventListener("htmx:after:swap", () => {
  document.querySelectorAll("#live details:has(.error-summary, .error)").forEach((fold) => fold.setAttribute("open", ""));
  // Kept: the caret is where the next one is written.
  if (again) document.querySelector(`#${CSS.escape(again)} textarea`)?.focus();
  again = "";
});

let dragged = null;
document.addEventListener("dragstart", ({ target }) => { dragged = target.closest?.("[data-note]"); });
document.addEventListener("dragend", () => { dragged = null; });

function under({ target }) {
  const place = dragged && target.closest("[data-note], [data-cluster]");
  return place !== dragged && place !== dragged?.closest("[data-cluster]") && place;
}

document.addEventListener("dragover", (event) => under(event) && event.preventDefault());
// As if both were ticked and the button pressed; with a ticked note go the others that are ticked.
document.addEventListener("drop", (event) => {
  const place = under(event);
  if (!place) return;
  event.preventDefault();
  const tick = document.getElementById(dragged.dataset.note);
  const { elements } = tick.form;
  const together = tick.checked;
  for (const box of elements) if (box.type === "checkbox") box.checked = together && box.checked;
  const { cluster } = place.closest("[data-cluster]").dataset;
  const beside = cluster === "none" && place.dataset.note;
  tick.checked = true;
  if (beside) document.getElementById(beside).checked = true;
  elements.cluster.value = beside ? "" : cluster;
  tick.form.requestSubmit();
});
