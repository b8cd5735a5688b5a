"""One style sheet for the whole site, which holds what its pages use, and the fonts that it names; and what the theme's scripts need not do."""

import re
import shutil
from pathlib import Path

from sphinx.application import Sphinx

from web import node

SITE = "_static/site.css"
KATEX = node.MODULES / "katex" / "dist"
IMPORT = re.compile(r'@import\s*(?:url\()?"([^"]+)"\)?;')
ICON_FONT = re.compile(r"@font-face\s*\{[^}]*Font Awesome[^}]*\}")
"""The theme's font of icons, in whose place there is icons.css."""

OTHER_FORMATS = re.compile(r',url\([^)]*\)\s*format\("(?:woff|truetype)"\)')


def bundle(app: Sphinx, exception: Exception | None) -> None:
    """Write the style sheet, if any page has been written."""
    sheets: list[str] = getattr(app, "style_sheets", [])
    if exception is not None or not sheets:
        return
    out = Path(app.outdir)
    formulas = (KATEX / "katex-swap.min.css").read_text(encoding="utf-8")
    whole = "\n".join([formulas, *(text(out / sheet, out) for sheet in sheets)]).replace("summary>p.", "summary>span.")
    used = OTHER_FORMATS.sub("", node.run("purge.mjs", {"css": whole, "root": str(out)}))
    used = ICON_FONT.sub("", used.replace("Font Awesome\\ 6", "Font Awesome 6"))
    (out / SITE).write_text(re.sub(r"/\*.*?\*/|\n\s*", "", used, flags=re.DOTALL), encoding="utf-8")
    for font in re.findall(r"url\((fonts/KaTeX[^)]*)\)", used):
        (out / "_static" / "fonts").mkdir(exist_ok=True)
        shutil.copyfile(KATEX / font, out / "_static" / font)


def text(sheet: Path, out: Path) -> str:
    """A style sheet with those that it imports; its addresses are changed to hold from the folder `_static`."""
    said = sheet.read_text(encoding="utf-8")
    folder = sheet.parent.resolve().relative_to(out.resolve() / "_static").as_posix()
    if folder != ".":
        said = re.sub(r"url\((['\"]?)(?!['\"]|data:|#|/|https?:)", rf"url(\1{folder}/", said)
    return IMPORT.sub(lambda found: text(sheet.parent / found[1], out), said)


TAB_STOPS = re.compile(r',"complete"===document\.readyState\?(\w)\(\):window\.addEventListener\("load",\1\)')


def settle(app: Sphinx, exception: Exception | None) -> None:
    """Keep the theme's scripts from measuring all code of a page at once, and from writing on the console.

    pages.js measures code when it comes near.
    """
    static = Path(app.outdir, "_static")
    for script in () if exception else (*static.glob("scripts/*-theme.js"), static / "togglebutton.js"):
        if script.exists():
            said = TAB_STOPS.sub("", script.read_text(encoding="utf-8"))
            script.write_text(said.replace("console.log(", "void ("), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Write the style sheet at the end of a build."""
    app.connect("build-finished", settle, priority=900)
    app.connect("build-finished", bundle, priority=901)
