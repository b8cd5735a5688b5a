"""What readers take with them: links to the book as PDF and EPUB, to chapters and exercises as notebooks, to services that run them.

The links appear where there is something at their end: to files when tools/build_site.py makes the site (SITE_FILES=1), to
Colab, Binder and nbgitpuller when `_config.yml` gives the repository's address, and the hub's.
"""

from __future__ import annotations

import html
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

FOLDER = "take"
NAME = "one-bent-line"
WHOLE = {
    f"{NAME}.pdf": "PDF, to print or to write on",
    f"{NAME}.epub": "EPUB, for readers of books",
    f"{NAME}.zip": "this whole site, to be read without a network",
}
EXERCISE = re.compile(r"exercises/(\w+)/\1\.ipynb")


def services(exercise: str, repository: str, branch: str, hub: str) -> list[tuple[str, str]]:
    """Return name and address of what runs an exercise elsewhere. `hub` may be missing, and so may the repository.

    Addresses as Colab (its GitHub page), mybinder.org and nbgitpuller's link generator form them.
    """
    if not repository:
        return []
    path, name = (
        f"exercises/{exercise}/{exercise}.ipynb",
        repository.rstrip("/").rpartition("/")[2].removesuffix(".git"),
    )
    found = []
    github = re.fullmatch(r"https://github\.com/([^/]+/[^/]+?)(?:\.git)?/?", repository)
    if github:
        found = [
            ("Colab", f"https://colab.research.google.com/github/{github[1]}/blob/{branch}/{path}"),
            (
                "Binder",
                f"https://mybinder.org/v2/gh/{github[1]}/{quote(branch, safe='')}?{urlencode({'labpath': path})}",
            ),
        ]
    if hub:
        asked = {"repo": repository, "branch": branch, "urlpath": f"lab/tree/{name}/{path}"}
        found.append(("JupyterHub", f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{urlencode(asked)}"))
    return found


def links(app: Sphinx, page: str, up: str) -> list[tuple[str, str]]:
    """Return text and address of what a chapter offers; `up` leads from the page to the site's root."""
    theme, chapter = app.config.html_theme_options, page.rpartition("/")[2]
    offered = [("this chapter as a notebook", f"{up}{FOLDER}/{chapter}.ipynb")] if app.config.site_files else []
    text = Path(app.env.doc2path(page)).read_text(encoding="utf-8")
    exercises = list(dict.fromkeys(EXERCISE.findall(text)))
    for exercise in exercises:
        if app.config.site_files:
            offered.append((f"exercise {exercise[:2]}", f"{up}{FOLDER}/{exercise}.ipynb"))
        for service, address in services(
            exercise,
            theme.get("repository_url", ""),
            theme.get("repository_branch") or "main",
            theme.get("launch_buttons", {}).get("jupyterhub_url", ""),
        ):
            offered.append((f"exercise {exercise[:2]} on {service}", address))
    return offered


def offer(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Put a chapter's links below the line that says how long it takes."""
    if app.builder.name != "html" or "question" not in app.env.metadata.get(page, {}):
        return
    offered = links(app, page, "../" * page.count("/"))
    if offered:
        listed = ", ".join(f'<a href="{html.escape(address)}">{text}</a>' for text, address in offered)
        line = re.compile(r'(<p class="chapter-time">.*?</p>)', re.DOTALL)
        context["body"] = line.sub(
            lambda found: f'{found[1]}\n<p class="chapter-take">Take along: {listed}.</p>', context["body"], count=1
        )


class whole(nodes.Invisible, nodes.Element):
    """Stands for the links to the whole book, which depend on how the site is built."""


class TakeAway(SphinxDirective):
    """The whole book as files, where the site has them."""

    def run(self) -> list[nodes.Node]:
        """Return a place for the list."""
        return [whole()]


def offer_whole(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """List the files where there are any."""
    up = "../" * docname.count("/")
    listed = "".join(f'<li><a href="{up}{FOLDER}/{name}">{text}</a></li>' for name, text in WHOLE.items())
    for place in list(doctree.findall(whole)):
        if app.config.site_files and app.builder.name == "html":
            place.replace_self(
                nodes.raw("", f'<p>To take along:</p><ul class="take-away">{listed}</ul>', format="html")
            )
        else:
            place.parent.remove(place)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the steps."""
    app.add_config_value("site_files", os.environ.get("SITE_FILES") == "1", "html", bool)
    app.add_directive("take-away", TakeAway)
    app.add_node(whole)
    app.connect("doctree-resolved", offer_whole)
    app.connect("html-page-context", offer)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
