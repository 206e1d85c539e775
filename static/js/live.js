// The timer of a live page goes on between two answers of the server, and what changes is told aloud, once.

const announce = (message) => document.dispatchEvent(new CustomEvent("announce", { detail: { message } }));
const live = () => document.getElementById("live");

let read = "";
let ends = 0;
let up = true;
const says = () => document.getElementById("says")?.textContent;
let said = says();

// The server says how many seconds are left; a clock of this computer may be wrong, so only what goes by is taken from it.
function count() {
  const timer = document.querySelector(".timer");
  if (!timer) return;
  if (timer.dataset.read !== read) {
    read = timer.dataset.read;
    ends = performance.now() + Number(timer.dataset.left) * 1000;
    up = Number(timer.dataset.left) <= 0;
  }
  const left = Math.max(0, Math.round((ends - performance.now()) / 1000));
  const words = `${Math.floor(left / 60)}:${`${left % 60}`.padStart(2, "0")}`;
  if (timer.textContent !== words) timer.textContent = words;
  timer.parentElement.querySelector("progress").value = left;
  timer.dataset.state = left ? "" : "up";
  if (!left && !up) {
    up = true;
    timer.parentElement.lastElementChild.textContent = timer.dataset.up;
    announce(timer.dataset.up);
  }
}

function tell() {
  const now = says();
  if (now && now !== said) announce(now);
  said = now ?? said;
}

setInterval(() => { count(); tell(); }, 250);
count();

// Only while the page asks in vain it says that there is no connection; typed words stay where they are.
function lost(isLost) {
  const page = live();
  if (!page || isLost === page.hasAttribute("data-lost")) return;
  page.toggleAttribute("data-lost", isLost);
  if (isLost) announce(page.dataset.poll);
}
const asks = ({ detail: { ctx } }) => ctx?.sourceElement?.id === "live";
document.addEventListener("htmx:after:request", (event) => {
  if (!asks(event)) return;
  const { status } = event.detail.ctx.response;
  // Not in its space any more, or folded: the page itself says so. What was typed is a draft.
  if ([403, 404].includes(status)) location.reload();
  lost(status >= 500);
});
document.addEventListener("htmx:error", (event) => asks(event) && lost(true));

// Whoever pressed a button by key goes on from there: while the page waits for the answer nothing in it has the focus.
let pressed = null;
document.addEventListener("htmx:before:request", (event) => { if (!asks(event)) pressed = document.activeElement; }, true);
document.addEventListener("htmx:finally:request", (event) => {
  if (asks(event) || document.activeElement !== document.body) return;
  (pressed?.isConnected ? pressed : document.getElementById("step"))?.focus({ preventScroll: true });
});
