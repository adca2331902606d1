/* The sound of a case: its waveform with the reported moments marked, and a player of its own, so that what is hidden can be
   heard too and nothing counts as a play. The element carries data-peaks, data-duration and data-moments (seconds, by spaces). */
const SVG = "http://www.w3.org/2000/svg";
const BARS = 120;
const MARKED_S = 20;

export default async (element) => {
  const audio = element.querySelector("audio");
  const length = Number(element.dataset.duration);
  const moments = element.dataset.moments.split(" ").filter(Boolean).map(Number);
  const show = play(element, audio, length, moments);
  const peaks = await musicapp.peaks(element.dataset.peaks);
  draw(element.querySelector(".wave"), musicapp.wavePath(peaks, BARS), moments.map((at) => at / length), MARKED_S / length);
  show();
};

/** The whole waveform, and over it the stretch behind each moment that somebody named. */
function draw(wave, path, places, share) {
  const width = BARS * 4;
  const make = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  wave.append(make("path", { d: path }));
  for (const place of places) {
    const box = { x: place * width, width: Math.max(8, Math.min(share, 1 - place) * width), height: 40 };
    const part = make("svg", { ...box, viewBox: `${box.x} 0 ${box.width} 40`, preserveAspectRatio: "none" });
    part.append(make("path", { d: path, class: "done" }));
    wave.append(make("rect", { ...box, class: "mark" }), part);
  }
  wave.append(make("rect", { x: 0, width: 1.5, height: 40, class: "at" }));
}

/** Lets the button and the waveform play; answers what shows the place anew. */
function play(element, audio, length, moments) {
  const button = element.querySelector("button");
  const input = element.querySelector("input");
  const player = Alpine.store("player");
  let begun = false;

  function show() {
    const at = begun ? audio.currentTime : moments[0] ?? 0;
    input.value = at;
    input.setAttribute("aria-valuetext", `${musicapp.spoken(at)} of ${musicapp.spoken(length)}`);
    element.querySelector("[data-from]").textContent = musicapp.clock(at);
    element.querySelector(".at")?.setAttribute("x", (at / length) * BARS * 4);
  }

  function seek(to) {
    begun = true;
    audio.currentTime = to;
    show();
  }

  button.addEventListener("click", () => {
    if (!audio.paused) return audio.pause();
    if (!begun) seek(moments[0] ?? 0);
    player.pause();
    audio.play().catch(() => musicapp.toast("This sound could not be played."));
  });
  input.addEventListener("input", () => seek(Number(input.value)));
  audio.addEventListener("timeupdate", show);
  for (const [event, state, words] of [["play", "playing", "Pause"], ["pause", "paused", button.getAttribute("aria-label")]])
    audio.addEventListener(event, () => {
      button.dataset.state = state;
      button.setAttribute("aria-label", words);
    });

  const silent = Alpine.effect(() => { if (player.state === "playing") audio.pause(); });
  document.addEventListener("turbo:before-render", () => {
    audio.pause();
    Alpine.release(silent);
  }, { once: true });
  show();
  return show;
}
