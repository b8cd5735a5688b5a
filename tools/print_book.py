"""Print the book's single page to a PDF with Chromium: folds open, an outline, links that work."""

import sys
from pathlib import Path

from system_packages import find

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--allow-file-access-from-files"]
OPEN = """() => {
    document.documentElement.dataset.theme = "light";
    for (const away of document.querySelectorAll("dialog, .bd-sidebar, .bd-header-article, .skip-link, #jb-print-docs-body, #pst-back-to-top, .prev-next-footer")) away.remove();
    const name = document.title.split("·")[0].trim();
    if (!document.querySelector("h1")?.textContent.startsWith(name)) {
        const title = document.createElement("h1");
        title.textContent = name;
        (document.querySelector("article") ?? document.body).prepend(title);
    }
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    return window.MathJax?.startup?.promise.then(() => null);
}"""
FOOT = (
    '<div style="font-size: 8pt; width: 100%; text-align: center; color: #555"><span class="pageNumber"></span></div>'
)


def print_book(page: Path, pdf: Path) -> None:
    """Print an HTML file. Stops with a sentence if there is no Chromium."""
    program = find("chromium")
    if program is None:
        sys.exit("print_book: the PDF is printed by Chromium, which was not found. On Debian: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        sheet = browser.new_page(color_scheme="light", reduced_motion="reduce")
        sheet.set_default_timeout(300_000)
        sheet.goto(page.resolve().as_uri())
        sheet.evaluate(OPEN)
        sheet.pdf(
            path=pdf,
            format="A4",
            margin={"top": "18mm", "bottom": "20mm", "left": "20mm", "right": "20mm"},
            outline=True,
            tagged=True,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOT,
        )
        browser.close()
