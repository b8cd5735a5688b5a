// What is wider than the page scrolls in a box of its own, and can be scrolled from the keyboard.
"use strict";
{
  // A box counts as near once the browser lays it out (see pages.css), so that measuring it costs nothing.
  const near = new IntersectionObserver((boxes) => {
    for (const { isIntersecting, target } of boxes) {
      if (isIntersecting && target.scrollWidth > target.clientWidth) {
        target.tabIndex = 0;
      } else if (isIntersecting) {
        target.removeAttribute("tabindex");
      }
    }
  }, { rootMargin: "1000000px" });
  for (const box of document.querySelectorAll("pre, .katex-display, .cell_output > .output, .pst-scrollable-table-container")) {
    near.observe(box);
  }
}
