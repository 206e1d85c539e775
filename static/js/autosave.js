// Keeps what is typed as a draft on the server, and says truthfully whether it is kept.
// Nothing is put into the browser's storage: the computer may be shared.

const PAUSE = 1200;
const LONGEST = 3000;
const RETRY = 5000;
const PATIENCE = 10000;
// Browsers let 64 KB outlive a page that is being left.
const MOST_AT_LEAVING = 60000;

function watch(form) {
  // Below the box, and on a phone once more in the bar at the thumb.
  const lines = [...form.querySelectorAll(".autosave"), ...document.querySelectorAll(".write-bar .autosave")];
  const field = (name) => form.querySelector(`[name=${name}]`);
  const words = form.dataset;
  const base = field("draft_turn").value;
  let timer = 0;
  let waitingSince = 0;
  let changed = 0;
  let busy = false;
  let failing = false;
  let over = false;
  let going = false;
  // What is wrong with the sign-in, in words.
  let problem = "";

  function say(state, text) {
    // Told aloud once when it goes wrong; "saved" would only be in the way.
    if (state === "failed" && !lines[0].textContent.includes(text)) {
      document.dispatchEvent(new CustomEvent("announce", { detail: { message: text } }));
    }
    lines.forEach((line) => {
      line.dataset.state = state;
      line.querySelector(".autosave__text").textContent = text;
      line.querySelector(".autosave__again").hidden = !problem;
    });
  }

  function wait(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  const plan = () => wait(Math.min(PAUSE, waitingSince + LONGEST - PAUSE - Date.now()));

  function ask(address, body, leaving) {
    return fetch(address, {
      method: body ? "POST" : "GET",
      body,
      headers: { "HX-Request": "true" },
      keepalive: leaving === true && `${body}`.length < MOST_AT_LEAVING,
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  function send(leaving) {
    // Each save has its number, so that one that arrives late puts nothing back.
    field("draft_turn").value = Number(field("draft_turn").value) + 1;
    const data = new FormData(form);
    // A file goes with the form only: a draft holds words.
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    data.set("draft_base", base);
    return ask(words.autosave, new URLSearchParams(data), leaving);
  }

  // Signing in, in another tab, gave the browser another token. It is taken only for the same writer.
  async function renewToken() {
    const answer = await ask(words.token);
    if (answer.status === 204) return words.signedOut;
    const { writer, token } = await answer.json();
    if (writer !== field("draft_writer").value) return words.other;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => (input.value = token));
    return "";
  }

  async function save(leaving) {
    // A page that is being left sends its last words beside a save that is still on its way.
    if (over || going || !waitingSince || (busy && leaving !== true)) return;
    const sent = changed;
    let status = 0;
    let told = {};
    busy = true;
    if (!failing) say("saving", words.saving);
    try {
      // Nothing is sent in another's name, nor again and again while nobody is signed in.
      if (problem) problem = await renewToken();
      let answer = problem ? null : await send(leaving);
      if (answer?.status === 204) problem = words.signedOut;
      if (answer?.status === 403) problem = await renewToken();
      if (answer?.status === 403 && !problem) answer = await send();
      status = answer?.status;
      if ([200, 409, 422].includes(status)) told = await answer.json();
    } catch {
      told = {};
    }
    busy = false;
    // A later save was answered first: all is said.
    if (!waitingSince) return;
    failing = !told.status;
    over = status === 409;
    if (failing) wait(RETRY);
    if (failing || status !== 200) return say("failed", told.status || problem || words.failed);
    // Another tab goes on with that draft: these words have one of their own from now on.
    field("draft_key").value = told.key;
    words.autosave = told.address;
    if (sent !== changed) return plan();
    waitingSince = 0;
    say("saved", told.status);
  }

  form.addEventListener("input", () => {
    if (over) return;
    // The page was not left after all.
    going = false;
    changed += 1;
    waitingSince = waitingSince || Date.now();
    if (failing) return;
    say("unsaved", words.unsaved);
    plan();
  });
  form.addEventListener("submit", () => {
    going = true;
    clearTimeout(timer);
  });
  // Another button of the page found it out.
  document.addEventListener("signed-out", () => {
    [problem, failing, waitingSince] = [words.signedOut, true, waitingSince || Date.now()];
    say("failed", problem);
    wait(RETRY);
  });
  // Signed in again, or back in the network: at once.
  const soon = () => failing && save();
  window.addEventListener("focus", soon);
  window.addEventListener("online", soon);
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? save(true) : soon()));
  window.addEventListener("beforeunload", (event) => {
    const tooLong = `${new URLSearchParams(new FormData(form))}`.length > MOST_AT_LEAVING;
    const atRisk = lines[0].dataset.state === "failed" || !navigator.onLine || tooLong;
    if (waitingSince && atRisk && !going) event.preventDefault();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) going = false;
  });
  // Typed before this script came.
  const boxes = [...form.querySelectorAll("textarea, [type=text]")];
  if (boxes.some((box) => box.value !== box.defaultValue)) form.dispatchEvent(new Event("input"));
}

// The button says what it does, for the readers that are chosen.
function nameButton(form) {
  const buttons = document.querySelectorAll("[data-names-audience]");
  function name() {
    const chosen = form.querySelector("[name=audience]:checked");
    if (chosen) buttons.forEach((button) => (button.textContent = chosen.dataset.button));
  }
  form.addEventListener("change", name);
  name();
}

// Those that are there, and those that come with a swap.
const watched = new WeakSet();
function watchAll() {
  document.querySelectorAll("form[data-autosave]").forEach((form) => {
    if (watched.has(form)) return;
    watched.add(form);
    watch(form);
    nameButton(form);
  });
}
watchAll();
document.addEventListener("htmx:after:swap", watchAll);
