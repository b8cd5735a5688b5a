// Plays the training on the front page: once, from the first epoch to the last, unless the reader prefers less motion.
// The slider and the button are hers from the start (WCAG 2.2.2). Without this script the last frame stands.
"use strict";

{
  const figure = document.querySelector(".lead-picture");
  const part = (name) => figure.querySelector(`[data-lead="${name}"]`);
  const frames = JSON.parse(part("frames").textContent);
  const grounds = figure.querySelectorAll(".lead-grounds path");
  const last = frames.length - 1;
  const pace = 100; // milliseconds for an epoch: the whole takes eight seconds
  let shown = last;
  let playing = false;
  let due = 0;

  function show(k) {
    shown = k;
    const frame = frames[k];
    frame.outlines.forEach((path, i) => grounds[i + 1].setAttribute("d", path));
    part("epoch").textContent = k;
    part("loss").textContent = frame.loss.toFixed(3);
    part("right").textContent = `${Math.round(100 * frame.right)}%`;
    part("epochs").value = k;
    part("epochs").setAttribute(
      "aria-valuetext",
      `epoch ${k}: loss ${frame.loss.toFixed(3)}, ${Math.round(100 * frame.right)}% of the points right`,
    );
  }

  function play(wanted) {
    playing = wanted;
    part("button").textContent = playing ? "Pause" : shown === last ? "Train again" : "Go on";
    if (playing) requestAnimationFrame(tick);
  }

  function tick(now) {
    if (!playing) return;
    if (now >= due) {
      show(shown + 1);
      due = now + pace;
    }
    if (shown === last) play(false);
    else requestAnimationFrame(tick);
  }

  part("button").addEventListener("click", () => {
    if (!playing && shown === last) show(0);
    play(!playing);
  });
  part("epochs").addEventListener("input", (event) => {
    show(Number(event.target.value));
    play(false);
  });
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  still.addEventListener("change", () => still.matches && play(false));
  if (still.matches) {
    show(last);
    play(false);
  } else {
    show(0);
    due = performance.now() + 900; // the untrained network is seen before it moves
    play(true);
  }
}
