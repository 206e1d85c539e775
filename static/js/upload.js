// Sends photos and voice notes as they are chosen, one after the other, says how far each is, and lets the form go
// when all have arrived.

const LARGEST = 20 * 1024 * 1024;
const announce = (message) => document.dispatchEvent(new CustomEvent("announce", { detail: { message } }));

function watch(place) {
  const form = place.closest("form");
  const pattern = place.querySelector("template").content.firstElementChild;
  const list = place.querySelector("[data-list]");
  const words = place.dataset;
  const field = (name) => form.elements[name]?.value ?? "";
  const headers = () => ({ "HX-Request": "true", "X-CSRFToken": field("csrfmiddlewaretoken") });
  const isRecording = () => place.querySelector("[data-on]");
  const sending = new Set();
  const failed = new Set();
  let turn = Promise.resolve();
  // The button that was pressed while something was on its way, and what it said.
  let pressed = null;

  function add(kind, file) {
    const item = pattern.cloneNode(true);
    const again = item.querySelector("[data-again]");
    const ask = () => {
      failed.delete(item);
      sending.add(item);
      show("");
      turn = turn.then(() => item.isConnected && send(kind, file, item)).then(fail, fail);
    };
    function show(problem, retry) {
      const error = item.querySelector(".error");
      error.textContent = problem;
      error.hidden = !problem;
      item.querySelector("progress").hidden = Boolean(problem);
      again.hidden = !retry;
    }
    // Nothing to say is: it has arrived, or was taken off.
    function fail(problem) {
      sending.delete(item);
      if (problem) {
        failed.add(item);
        show(problem.words ?? words.failed, !problem.words);
        announce(problem.words ?? words.failed);
      }
      letGo();
    }
    item.querySelector("[data-what]").textContent = words[kind];
    again.onclick = ask;
    item.querySelector("[data-drop]").onclick = () => {
      item.remove();
      // Once all of it is sent, the answer is waited for, and what was kept is taken off again.
      if (!item.isSent) item.request?.abort();
      failed.delete(item);
      place.querySelector("summary").focus();
    };
    list.append(item);
    if (file.size > LARGEST) fail({ words: words.large });
    else ask();
  }

  function send(kind, file, item) {
    const bar = item.querySelector("progress");
    const request = (item.request = new XMLHttpRequest());
    const data = new FormData();
    const said = { key: field("draft_key"), writer: field("draft_writer"), about: words.about, kind };
    Object.entries(said).forEach(([name, value]) => data.set(name, value));
    form.querySelectorAll("[name=shown_file], [name=take_off]:checked").forEach(({ name, value }) => data.append(name, value));
    data.set("file", file, kind);
    request.open("POST", words.files);
    Object.entries(headers()).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded, total }) => {
      // All sent, and still to be looked at: how long that takes is not known.
      if (loaded < total) bar.value = loaded / total;
      else bar.removeAttribute("value");
      item.isSent = loaded >= total;
    };
    return new Promise((arrived, failing) => {
      request.onabort = () => arrived();
      request.onerror = () => failing({});
      request.onload = () => {
        const isPlain = request.getResponseHeader("Content-Type")?.startsWith("text/plain");
        if (request.status !== 200) return failing({ words: isPlain ? request.responseText : undefined });
        if (!item.isConnected) {
          const kept = document.createElement("template");
          kept.innerHTML = request.responseText;
          return takeOff(kept.content.querySelector("[data-take-off]")).then(arrived, arrived);
        }
        item.insertAdjacentHTML("beforebegin", request.responseText);
        ready(item.previousElementSibling);
        item.remove();
        changed(`${words[kind]}: ${words.added}`);
        arrived();
      };
      request.send(data);
    });
  }

  const takeOff = (button) => fetch(button.dataset.takeOff, { method: "POST", headers: headers() });

  // The draft is kept anew: it knows its files.
  function changed(message) {
    announce(message);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // The form waits for what is on its way, and leaves nothing behind that could not be sent.
  function letGo() {
    if (!pressed || sending.size || isRecording()) return;
    const [button, label] = pressed;
    pressed = null;
    button.disabled = false;
    button.textContent = label;
    if (!failed.size) return form.requestSubmit(button);
    announce(words.held);
    [...failed][0].scrollIntoView();
  }

  form.addEventListener("submit", (event) => {
    if (!sending.size && !failed.size && !isRecording()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter ?? form.querySelector("button");
    pressed = [button, button.textContent];
    button.disabled = true;
    button.textContent = words.waiting;
    announce(words.waiting);
    place.open = true;
    place.dispatchEvent(new Event("finish"));
    letGo();
  }, true);

  function ready(item) {
    const button = item.querySelector("[data-take-off]");
    if (!button) return;
    button.hidden = false;
    button.onclick = async () => {
      const answer = await takeOff(button).catch(() => ({}));
      if (answer.status !== 200) {
        announce(words.failed);
        return button.nextElementSibling.textContent = words.failed;
      }
      item.remove();
      changed(words.removed);
      place.querySelector("summary").focus();
    };
  }

  place.querySelectorAll("[type=file]").forEach((input) => input.addEventListener("change", () => {
    [...input.files].forEach((file) => add(input.name === "voice" ? "voice" : "photo", file));
    input.value = "";
  }));
  place.addEventListener("recorded", ({ detail }) => add("voice", detail));
  addEventListener("beforeunload", (event) => {
    if (sending.size || isRecording()) event.preventDefault();
  });
  [...list.children].forEach(ready);
}

document.querySelectorAll("[data-files]").forEach(watch);
