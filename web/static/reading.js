// Remembers, in this browser alone, where the reader was and which chapters were read to their end; "/" opens the search.
// The page says so where it uses what it remembers, and has a button that forgets. Nothing is sent anywhere.
"use strict";

{
  const KEY = "one-bent-line";
  const root = new URL(document.documentElement.dataset.content_root, location.href);
  const chapter = document.body.dataset.chapter;

  /** What is remembered: for each chapter {section, title, read}, and the chapter that was open last. */
  function recall() {
    try {
      return { chapters: {}, ...JSON.parse(localStorage.getItem(KEY)) };
    } catch {
      return { chapters: {} }; // not ours, or damaged: begin anew
    }
  }

  function remember(change) {
    const memory = recall();
    const known = memory.chapters[chapter] ?? {};
    memory.chapters[chapter] = { ...known, ...change };
    memory.last = chapter;
    try {
      localStorage.setItem(KEY, JSON.stringify(memory));
    } catch {
      // full or forbidden: reading goes on without it
    }
  }

  function link(page, section, text) {
    const made = document.createElement("a");
    made.href = new URL(`${page}.html${section ? `#${section}` : ""}`, root).href;
    made.textContent = text;
    return made;
  }

  const headings = [...document.querySelectorAll(".bd-article section > h2")];
  const nameOf = (heading) => heading.firstChild.textContent.trim();

  /** In a chapter: offer the section that was left, then follow the reader. */
  function follow() {
    const before = recall().chapters[chapter];
    const left = headings.find((heading) => heading.parentElement.id === before?.section);
    const time = document.querySelector(".chapter-time");
    if (left && left !== headings[0] && !location.hash && time) {
      const go = link(chapter, before.section, `“${nameOf(left)}”`);
      time.append(" You were at ", go, ".");
    }
    const seen = new IntersectionObserver(
      (entries) => {
        for (const entry of entries.filter((one) => one.isIntersecting)) {
          const last = entry.target === headings.at(-1);
          remember({ section: entry.target.parentElement.id, title: nameOf(entry.target), ...(last && { read: true }) });
        }
      },
      { rootMargin: "0px 0px -40% 0px" },
    );
    headings.forEach((heading) => seen.observe(heading));
  }

  function markRead(memory) {
    for (const place of document.querySelectorAll(".bd-links a, .chapter-cards a")) {
      const page = place.href.startsWith(root.href) && place.href.slice(root.href.length).replace(/\.html.*$/, "");
      const read = Boolean(memory.chapters[page]?.read);
      place.classList.toggle("is-read", read);
      place.querySelector(".read-note")?.remove();
      if (read) {
        const note = document.createElement("span");
        note.className = "read-note visually-hidden";
        note.textContent = " (read)";
        place.append(note);
      }
    }
  }

  /** Where to go on: in the chapter that was open last or, if it was read, in the one after it that was not. */
  function next(memory) {
    const { section, title, read } = memory.chapters[memory.last];
    const cards = [...document.querySelectorAll(".chapter-cards a")];
    const at = cards.findIndex((card) => card.href.endsWith(`${memory.last}.html`));
    const fresh = cards.slice(at + 1).find((card) => !card.classList.contains("is-read"));
    if (!read || !fresh) return link(memory.last, section, `Go on: ${title}`);
    const chosen = link("", "", `Go on: ${fresh.textContent}`);
    chosen.href = fresh.href;
    return chosen;
  }

  /** On the front page: a door to where the reader was, and what is remembered, with a way to forget it. */
  function welcome() {
    const doors = document.querySelector(".lead-doors");
    const note = document.querySelector(".reading-memory");
    const memory = recall();
    if (!doors || !note || !memory.last) return;
    const door = document.createElement("p");
    door.className = "lead-return";
    door.append(next(memory));
    doors.append(door);
    note.hidden = false;
    note.querySelector("button").addEventListener("click", () => {
      localStorage.removeItem(KEY);
      door.remove();
      markRead(recall());
      note.querySelector("span").textContent = "Forgotten.";
      note.querySelector("button").remove();
    });
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    const button = document.querySelector(".search-button__button");
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  if (chapter) follow();
  markRead(recall());
  welcome();
}
