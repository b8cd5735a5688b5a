"""Pages made light and valid when they are written.

The theme writes its pages for any site. What this book does not use of them is left out here, in one place, instead of
in copies of the theme's templates.
"""

import html
import re

from sphinx.application import Sphinx

from web.styles import SITE

SHEET = re.compile(r'\s*<link(?=[^>]*rel="stylesheet")[^>]*href="((?:\.\./)*)(_static/[^"?]*)[^"]*"[^>]*>')
SCRIPT = re.compile(r'<script (?![^>]*\bdefer)([^>]*src="[^"]*")></script>')
SEARCH = re.compile(r'\s*<script [^>]*src="[^"]*(?:searchtools|language_data|searchindex)\.js[^"]*"></script>')
UNUSED = re.compile(
    r'\s*<script [^>]*fontawesome\.js[^>]*></script>|\s*<link rel="preload" as="script"[^>]*>'
    r'|\s*<meta name="docsearch:[^>]*>|<!--.*?-->|(?<=/>)<meta name="viewport"[^>]*>|\s*<meta name="viewport"[^>]*=1"/>',
    flags=re.DOTALL,
)
THEME = 'localStorage.getItem("theme") || "auto"'
THEME_AT_ONCE = (
    'localStorage.getItem("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")'
)
"""The theme's script finds out about a dark screen when the page stands, and then everything is painted again."""
FONTS = ("KaTeX_Main-Regular", "KaTeX_Math-Italic")
MENDED = {
    ' role="doc-biblioentry"': "",  # the bibliography's roles are outdated or lack what they require
    '<div role="list" class="citation-list">': "<div>",
    '<div id="pst-primary-sidebar"': '<div id="pst-primary-sidebar" role="region" aria-label="Book"',
}
ICON = re.compile(r'class="([^"]*\bfa-[^"]*)"')
FOLD = re.compile(r"<summary>.*?</summary>", flags=re.DOTALL)
PRINTED = re.compile(r'(<div class="output [^"]*"><div class="highlight">)<pre>(.*?)</pre>', flags=re.DOTALL)
NAMED = re.compile(r'<(button|summary)([^>]*?) aria-label="([^"]*)"([^>]*)>(.*?)</\1>', flags=re.DOTALL)


def lighten(app: Sphinx) -> None:
    """Let every page that is written from a template pass through `light`."""
    if app.builder.name not in ("html", "dirhtml"):
        return
    templates, sheets = app.builder.templates, []  # type: ignore[attr-defined,var-annotated]
    app.style_sheets = sheets  # type: ignore[attr-defined]
    render = templates.render
    templates.render = lambda template, context: light(render(template, context), context, sheets)


def light(page: str, context: dict, sheets: list[str]) -> str:
    """Return a page with what it needs alone. Its style sheets are added to `sheets`; it links to the one of them all."""
    head, mark, body = page.partition("</head>")
    if not mark:
        return page
    found = SHEET.findall(head)
    sheets += [name for _, name in found if name not in sheets]
    head = UNUSED.sub("", SHEET.sub("", head)).replace(THEME, THEME_AT_ONCE)
    if found:
        head += f'<link rel="stylesheet" href="{found[0][0]}{SITE}" />\n'
        opening = body.partition("<article")[2].partition("<h2")[0]
        for font in FONTS if 'class="katex' in opening else ():
            address = f"{found[0][0]}_static/fonts/{font}.woff2"
            head += f'<link rel="preload" as="font" type="font/woff2" crossorigin="" href="{address}" />\n'
    if context.get("pagename") != "search":
        head = SEARCH.sub("", head)
    if 'name="description"' not in head:
        head += f'<meta name="description" content="{html.escape(description(context))}" />\n'
    if 'rel="icon"' not in head and 'rel="shortcut icon"' not in head:
        head += '<link rel="icon" href="data:," />\n'
    body = NAMED.sub(spoken, ICON.sub(icon, body))
    body = PRINTED.sub(in_columns, body)
    body = FOLD.sub(lambda fold: re.sub(r"<(/?)p\b", r"<\1span", fold[0]), body)  # a summary holds no paragraph
    for given, wanted in MENDED.items():
        body = body.replace(given, wanted)
    return SCRIPT.sub(deferred, head) + mark + body


def in_columns(output: re.Match) -> str:
    """Output in columns keeps its lines, and scrolls; all other output may break them."""
    columns = re.search(r"\S {2,}\S", re.sub(r"<[^>]*>", "", output[2]))
    return f'{output[1]}<pre class="mlpkit-columns">{output[2]}</pre>' if columns else output[0]


def deferred(script: re.Match) -> str:
    """A script waits until the page is read, but for the one that the lines of script in the page rely on."""
    return script[0] if "documentation_options" in script[0] else f"<script defer {script[1]}></script>"


def icon(classes: re.Match) -> str:
    """An icon of the theme becomes one of icons.css."""
    names = [name for name in classes[1].split() if name not in ("fa-solid", "fas", "fa-lg")]
    return f'class="icon {" ".join(names).replace("fa-", "icon-")}"'


def spoken(control: re.Match) -> str:
    """A name that is spoken has to contain the words that are seen: where it does not, they are the name."""
    tag, before, name, after, inside = control.groups()
    seen = " ".join(re.sub(r"<[^>]*>", " ", inside).split())
    return control[0] if not seen or seen in name else f"<{tag}{before}{after}>{inside}</{tag}>"


def description(context: dict) -> str:
    """The first words of a page, or its title: what a search engine shows of it."""
    paragraph = re.search(r"<p>(.*?)</p>", context.get("body") or "", flags=re.DOTALL)
    said = paragraph[1] if paragraph else str(context.get("title", ""))
    words = html.unescape(re.sub(r"<span class=\"math.*?</math>|<[^>]*>", "", said, flags=re.DOTALL)).split()
    while len(" ".join(words)) > 155:
        words.pop()
    return " ".join(words)


def setup(app: Sphinx) -> None:
    """Lighten the pages of the HTML builders."""
    app.connect("builder-inited", lighten)
