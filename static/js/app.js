// Two things that a page cannot do for itself: say where a swap put the reader, and say it aloud.

const status = document.getElementById("status");

function announce(text) {
  if (!status || !text) return;
  status.textContent = "";
  // A pause, or the same sentence twice would not be read twice.
  setTimeout(() => { status.textContent = text; }, 100);
}

function focusOn(element) {
  if (!element.matches("a[href], button, input, select, textarea, summary, [tabindex]")) {
    element.setAttribute("tabindex", "-1");
  }
  element.focus();
}

// The first element that fits, the new nodes themselves included.
function firstIn(nodes, selector) {
  for (const node of nodes) {
    if (node.nodeType !== Node.ELEMENT_NODE || !node.isConnected) continue;
    const found = node.matches(selector) ? node : node.querySelector(selector);
    if (found) return found;
  }
  return null;
}

document.addEventListener("htmx:before:settle", ({ detail }) => {
  const nodes = detail.newContent;
  announce(firstIn(nodes, "[data-announce]")?.dataset.announce);
  const summary = firstIn(nodes, ".error-summary");
  if (summary) return focusOn(summary);
  const item = firstIn(nodes, "[data-new]");
  if (item) focusOn(item.querySelector("h1, h2, h3, h4") ?? item);
});

// A page that asks by itself what is new is in nobody's way, and says itself where it gets no answer.
const polls = ({ sourceElement }) => sourceElement?.matches?.("[data-poll]");

// What is on its way is not typed into: the answer comes in its place.
const hold = (held) => ({ detail: { ctx } }) => {
  if (ctx.target instanceof Element && !polls(ctx)) ctx.target.inert = held;
};
document.addEventListener("htmx:before:request", hold(true));
document.addEventListener("htmx:finally:request", hold(false));

// An error page is put in the place of nothing (`noSwap`, in base.html): what is there stays, and a line says so.
function tell({ detail: { ctx } }) {
  if (polls(ctx)) return;
  document.querySelector("[data-went-wrong]")?.remove();
  const line = document.createElement("p");
  line.className = "error";
  line.dataset.wentWrong = "";
  line.setAttribute("role", "alert");
  line.textContent = document.body.dataset.wrong;
  (ctx.sourceElement.closest("p") ?? ctx.sourceElement).after(line);
}
document.addEventListener("htmx:response:error", (event) => {
  if (![409, 422, 429].includes(event.detail.ctx.response.status)) tell(event);
});
document.addEventListener("htmx:error", (event) => event.detail.ctx?.sourceElement && tell(event));

// Sent by the server as HX-Trigger, or by another module.
document.addEventListener("announce", ({ detail }) => announce(detail?.message ?? detail?.value));

// A link of the error summary leads into its field; a group's, to the first thing to press in it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".error-summary a[href^='#']");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  const field = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
  (field?.labels?.[0] ?? target).scrollIntoView();
  focusOn(field ?? target);
});

// "/" leads to the search box, unless somebody is typing, or has switched it off in their profile (WCAG 2.1.4).
document.addEventListener("keydown", (event) => {
  const { search } = document.body.dataset;
  if (!search || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, audio, video, [contenteditable]")) return;
  event.preventDefault();
  const box = document.querySelector("input[type='search']");
  if (!box) return location.assign(search);
  box.focus();
  box.select();
});

const summary = document.querySelector(".error-summary");
if (summary) focusOn(summary);
