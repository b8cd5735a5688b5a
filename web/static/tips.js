// Shows what a term or a footnote says while its link is pointed at or has the focus. As WCAG 1.4.13 asks, the tip can be pointed
// at itself, stays while either is, and goes with Escape. Without this script the links lead where they say.
"use strict";

{
  const terms = [...document.querySelectorAll('.bd-article a.reference.internal[href*="#term-"]')];
  const notes = [...document.querySelectorAll(".bd-article a.footnote-reference")];
  let open = null; // {link, tip}
  let leaving = 0;

  function tipOf(link) {
    const id = decodeURIComponent(link.hash.slice(1));
    if (link.classList.contains("footnote-reference")) return noteOf(id);
    return document.getElementById(`tip-${id}`);
  }

  /** A footnote's text, once copied into a tip of its own. */
  function noteOf(id) {
    const made = document.getElementById(`tip-${id}`);
    const note = document.getElementById(id);
    if (made || !note) return made;
    const tip = document.createElement("div");
    tip.className = "course-tip";
    tip.id = `tip-${id}`;
    tip.role = "tooltip";
    tip.hidden = true;
    tip.textContent = [...note.querySelectorAll("p")].map((p) => p.textContent).join(" ");
    document.querySelector(".bd-article").append(tip);
    return tip;
  }

  function show(link) {
    clearTimeout(leaving);
    if (open?.link === link) return;
    hide();
    const tip = tipOf(link);
    if (!tip) return;
    tip.hidden = false;
    const box = link.getClientRects()[0];
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    const below = box.bottom + tip.offsetHeight + 8 < window.innerHeight;
    const origin = tip.offsetParent.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(box.left, room)) - origin.left}px`;
    tip.style.top = `${(below ? box.bottom : box.top - tip.offsetHeight) - origin.top}px`;
    open = { link, tip };
  }

  function hide() {
    clearTimeout(leaving);
    if (open) open.tip.hidden = true;
    open = null;
  }

  // The pointer may take its time from the link to the tip.
  const leave = () => (leaving = setTimeout(hide, 200));

  for (const link of [...terms, ...notes]) {
    const tip = tipOf(link);
    if (!tip) continue;
    link.setAttribute("aria-describedby", tip.id);
    link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(link));
    link.addEventListener("pointerleave", leave);
    link.addEventListener("focus", () => link.matches(":focus-visible") && show(link));
    link.addEventListener("blur", leave);
    tip.addEventListener("pointerenter", () => clearTimeout(leaving));
    tip.addEventListener("pointerleave", leave);
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}
