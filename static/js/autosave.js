// Keeps what is typed as a draft on the server, and says truthfully whether it is kept.
// Nothing is put into the browser's storage: the computer may be shared.

const PAUSE = 1200;
const LONGEST = 3000;
const RETRY = 5000;

function watch(form) {
  // Below the box, and on a phone once more in the bar at the thumb.
  const lines = [...form.querySelectorAll(".autosave"), ...document.querySelectorAll(".write-bar .autosave")];
  let shown = lines[0].dataset.state;
  let timer = 0;
  let waitingSince = 0;
  let changed = 0;
  let busy = false;
  let over = false;

  function say(state, text) {
    // Told aloud once when it goes wrong; "saved" every few seconds would only be in the way.
    if (state === "failed" && shown !== "failed") {
      document.dispatchEvent(new CustomEvent("announce", { detail: { message: text } }));
    }
    shown = state;
    lines.forEach((line) => {
      line.dataset.state = state;
      line.querySelector(".autosave__text").textContent = text;
    });
  }

  function plan() {
    const now = Date.now();
    waitingSince = waitingSince || now;
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(PAUSE, waitingSince + LONGEST - PAUSE - now)));
  }

  function retry() {
    say("failed", form.dataset.failed);
    clearTimeout(timer);
    timer = setTimeout(save, RETRY);
  }

  async function save(keepalive = false) {
    // A page that is being left sends its last words beside a save that is still on its way.
    if (over || (busy && keepalive !== true) || !waitingSince) return;
    const sent = changed;
    const data = new FormData(form);
    // A file goes with the form only: a draft holds words.
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    data.set("draft_form", form.dataset.form);
    data.set("draft_about", form.dataset.about);
    busy = true;
    if (shown !== "failed") say("saving", form.dataset.saving);
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(data),
        headers: { "HX-Request": "true" },
        keepalive: keepalive === true,
      });
      busy = false;
      if (answer.status === 204) return signedOut();
      if (answer.status === 403 && (await renewToken())) return plan();
      if (![200, 409, 422].includes(answer.status)) return retry();
      const words = (await answer.json()).status;
      if (answer.status === 409) over = true;
      if (answer.status === 422) return say("failed", words);
      if (sent !== changed) return plan();
      waitingSince = 0;
      say("saved", words);
    } catch {
      busy = false;
      retry();
    }
  }

  // Signing in, in another tab, gave the browser another token. It is taken only for the same writer.
  async function renewToken() {
    const page = await (await fetch(location.href)).text();
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("form[data-autosave]");
    const field = (name, here = form) => here?.querySelector(`[name=${name}]`);
    if (field("draft_writer", fresh)?.value !== field("draft_writer").value) return false;
    field("csrfmiddlewaretoken").value = field("csrfmiddlewaretoken", fresh).value;
    return true;
  }

  function signedOut() {
    say("failed", form.dataset.signedOut);
    clearTimeout(timer);
    timer = setTimeout(save, RETRY);
  }

  form.addEventListener("input", () => {
    if (over) return;
    changed += 1;
    say("unsaved", form.dataset.unsaved);
    plan();
  });
  form.addEventListener("submit", () => {
    over = true;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) over = false;
  });
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

document.querySelectorAll("form[data-autosave]").forEach((form) => {
  watch(form);
  nameButton(form);
});
