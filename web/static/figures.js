// Turns figures: a slider picks one of the frames, which are fetched when a reader first reaches for it. See figures.py.
"use strict";
{
  const home = document.currentScript.src;
  const fetched = new Map();

  function fetchFrames(name) {
    if (!fetched.has(name)) {
      fetched.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(`figures/${name}.js`, home);
        script.onload = () => resolve(window.mlpkitFrames[name]);
        script.onerror = () => {
          fetched.delete(name); // the next move tries again
          reject(new Error(`The frames of a figure could not be fetched: ${script.src}`));
        };
        document.head.append(script);
      }));
    }
    return fetched.get(name);
  }

  // The number of the frame, the last slider turning fastest.
  function chosen(figure) {
    let position = 0;
    for (const { max, value } of figure.querySelectorAll("[type=range]")) {
      position = position * (Number(max) + 1) + Number(value);
    }
    return position;
  }

  async function turn(figure) {
    const frames = await fetchFrames(figure.dataset.frames);
    figure.querySelector(".mlpkit-figure").outerHTML = frames[chosen(figure)];
  }

  for (const figure of document.querySelectorAll(".mlpkit-figures[data-frames]")) {
    const reach = () => fetchFrames(figure.dataset.frames).catch(() => {});
    const controls = figure.querySelector(".mlpkit-controls");
    controls.addEventListener("pointerenter", reach);
    controls.addEventListener("focusin", reach);
    controls.addEventListener("input", ({ target }) => {
      const text = JSON.parse(target.dataset.texts)[target.value];
      target.setAttribute("aria-valuetext", text);
      target.parentElement.querySelector("output").value = text;
      turn(figure);
    });
  }
}
