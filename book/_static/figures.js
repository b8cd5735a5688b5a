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
  // The widget library asks MathJax 2 to typeset each text it shows; MathJax 3 has no such queue, and nothing waits in it.
  if (window.MathJax && !window.MathJax.Hub) {
    window.MathJax.Hub = { Queue() {} };
  }
  if (document.querySelector('script[type="application/vnd.jupyter.widget-view+json"]')) {
    new MutationObserver(nameSliders).observe(document.body, { subtree: true, childList: true, characterData: true });
  }
});
