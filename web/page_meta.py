"""What pages say of themselves to search engines and to those who share them; a page for what is not found; a map of the site.

`description:` in a page's front matter describes it. Cards and the map need the site's address: `html_baseurl` in
`_config.yml`, or the environment variable SITE_ADDRESS.
"""

from __future__ import annotations

import html
import os
import re
from pathlib import Path
from typing import Any

from jinja2 import Template
from sphinx.application import Sphinx

from web import pictures
from web.look import NAME

COURSE = (
    "A course in writing multilayer perceptrons from scratch: nine chapters whose figures respond, nine notebooks, "
    "and a grader that says what is wrong."
)

NOT_FOUND = Path(__file__).resolve().parent / "templates" / "404.html"


def learn_address(app: Sphinx, config: Any) -> None:
    """Take the site's address from the environment if the configuration has none; let it end in a slash."""
    address = config.html_baseurl or os.environ.get("SITE_ADDRESS", "")
    config.html_baseurl = f"{address.rstrip('/')}/" if address else ""


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Add the description and what Open Graph asks for (ogp.me) to a page's head."""
    if app.builder.name != "html":
        return
    about = app.env.metadata.get(page, {})
    title = (
        NAME
        if page == app.config.root_doc
        else re.sub(r"<[^>]+>|^\d+\. ", "", html.unescape(context.get("title") or NAME))
    )
    description = about.get("description") or (
        f"{title}: source code of the course's package." if page.startswith("_modules") else COURSE
    )
    address = app.config.html_baseurl
    named = [("description", description), ("twitter:card", "summary_large_image" if address else "summary")]
    properties = [
        ("og:type", "article" if "question" in about else "website"),
        ("og:site_name", NAME),
        ("og:title", title),
        ("og:description", description),
    ]
    if address:
        properties += [
            ("og:url", f"{address}{page}.html"),
            ("og:image", f"{address}_static/cards/{_card_of(app, page)}.png"),
        ]
        properties += [("og:image:width", "1200"), ("og:image:height", "630"), ("og:image:alt", description)]
    for attribute, pairs in (("name", named), ("property", properties)):
        context["metatags"] = context.get("metatags", "") + "".join(
            f'<meta {attribute}="{key}" content="{html.escape(value)}"/>\n' for key, value in pairs
        )


def _card_of(app: Sphinx, page: str) -> str:
    return page.rpartition("/")[2] if "question" in app.env.metadata.get(page, {}) else "course"


def not_found(app: Sphinx) -> str:
    """Return the page that servers show for an address without one. It can be asked for at any depth, so it carries all it needs."""
    chapters = [
        (f"{page}.html", app.env.titles[page].astext())
        for page, about in app.env.metadata.items()
        if "question" in about
    ]
    template = Template(NOT_FOUND.read_text(encoding="utf-8"), autoescape=True)
    home = f"{app.config.root_doc}.html"
    return template.render(base=app.config.html_baseurl, home=home, chapters=sorted(chapters), course=NAME)


def write_rest(app: Sphinx, exception: Exception | None) -> None:
    """Write what is no page: the icon as PNG, and with an address the cards and the map of the site."""
    if exception or app.builder.name != "html":
        return
    output, address = Path(app.outdir), app.config.html_baseurl
    (output / "_static" / "mark.png").write_bytes(pictures.mark())
    (output / "404.html").write_text(not_found(app), encoding="utf-8")
    _describe_redirect(app, output / "index.html")
    if not address:
        return
    pages = "".join(f"<url><loc>{address}{page}.html</loc></url>\n" for page in sorted(app.env.found_docs))
    (output / "sitemap.xml").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{pages}</urlset>\n',
        encoding="utf-8",
    )
    cards = output / "_static" / "cards"
    cards.mkdir(exist_ok=True)
    (cards / "course.png").write_bytes(
        pictures.card(
            NAME, "Write a multilayer perceptron from scratch, and check every gradient.", "universal_approximation", ""
        )
    )
    for page, about in app.env.metadata.items():
        if "question" in about:
            name = page.rpartition("/")[2]
            picture = pictures.card(app.env.titles[page].astext(), about["question"], name, NAME)
            (cards / f"{name}.png").write_bytes(picture)


def _describe_redirect(app: Sphinx, index: Path) -> None:
    """The address that people share is the root, which only leads on to the front page: it needs the front page's description too."""
    front = Path(app.outdir) / f"{app.config.root_doc}.html"
    if not front.exists() or front == index:
        return
    told = re.findall(
        r'<(?:meta (?:name="description"|property="og:|name="twitter:)|link rel="canonical")[^>]*>',
        front.read_text(encoding="utf-8"),
    )
    home = f"{app.config.root_doc}.html"
    index.write_text(
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"/><title>{NAME}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={home}"/>\n'
        + "\n".join(told)
        + f'\n</head><body><p><a href="{home}">{NAME}</a></p></body></html>\n',
        encoding="utf-8",
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the steps."""
    app.connect("config-inited", learn_address)
    app.connect("html-page-context", describe)
    app.connect("build-finished", write_rest, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
