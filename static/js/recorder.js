// Records a voice note where the browser can. It is held in memory until it is sent, and nowhere else.

const LONGEST = 600;
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function recorderFor(stream) {
  try {
    return new MediaRecorder(stream, { audioBitsPerSecond: 48_000 });
  } catch {
    return null;
  }
}

function offer(box) {
  const place = box.closest("[data-files]");
  const button = box.querySelector("button");
  const time = box.querySelector("[data-time]");
  const problem = box.querySelector(".error");
  const record = button.textContent;
  let recorder = null;
  const stop = () => recorder?.stop();

  async function start() {
    button.disabled = true;
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    button.disabled = false;
    // A browser may give the microphone, and then be unable to record.
    recorder = stream && recorderFor(stream);
    problem.textContent = recorder ? "" : box.dataset.denied;
    if (!recorder) return stream?.getTracks().forEach((track) => track.stop());
    const parts = [];
    const began = Date.now();
    const timer = setInterval(() => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      time.textContent = `${clock(seconds)} / ${clock(LONGEST)}`;
      if (seconds >= LONGEST) stop();
    }, 250);
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => {
      clearInterval(timer);
      stream.getTracks().forEach((track) => track.stop());
      recorder = null;
      delete box.dataset.on;
      button.textContent = record;
      time.textContent = "";
      place.dispatchEvent(new CustomEvent("recorded", { detail: new Blob(parts) }));
    };
    // A part each second: what is recorded is not lost where the device gives up.
    recorder.start(1000);
    box.dataset.on = "";
    button.textContent = box.dataset.stop;
  }

  button.addEventListener("click", () => (recorder ? stop() : start()));
  place.addEventListener("finish", stop);
  // Who can record here needs no telephone's recorder in place of the choice of files.
  place.querySelector("[name=voice]").removeAttribute("capture");
  box.hidden = false;
}

if (window.MediaRecorder && navigator.mediaDevices) document.querySelectorAll("[data-recorder]").forEach(offer);
