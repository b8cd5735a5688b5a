// The widget library leaves sliders without a name. Give each the text of its readout, and keep the two in step.
"use strict";

function nameSliders() {
  for (const handle of document.querySelectorAll(".mlpkit-slider .noUi-handle")) {
    const readout = handle.closest(".mlpkit-control")?.querySelector(".widget-label");
    if (readout && handle.getAttribute("aria-valuetext") !== readout.textContent) {
      handle.setAttribute("aria-label", readout.textContent.split(":")[0]);
      handle.setAttribute("aria-valuetext", readout.textContent);
    }
  }
}

document.addEventListener("DOMContentLoaded", () => {
  // The bibliography's roles are outdated or lack what they require; without them it is read as the text that it is.
  for (const entry of document.querySelectorAll(".citation-list, .citation-list .citation")) {
    entry.removeAttribute("role");
  }
  // A name that is spoken has to contain the words that are seen; the theme's buttons and folds have names of their own.
  for (const control of document.querySelectorAll("button[aria-label], summary[aria-label]")) {
    const seen = control.textContent.replace(/\s+/g, " ").trim();
    if (seen && !control.getAttribute("aria-label").includes(seen)) {
      control.setAttribute("aria-label", seen);
    }
  }
  // Output in columns keeps its lines; all other output may break them.
  for (const output of document.querySelectorAll(".cell_output pre")) {
    output.classList.toggle("mlpkit-columns", /\S {2,}\S/.test(output.textContent));
  }
  if (document.querySelector('script[type="application/vnd.jupyter.widget-view+json"]')) {
    new MutationObserver(nameSliders).observe(document.body, { subtree: true, childList: true, characterData: true });
  }
});
