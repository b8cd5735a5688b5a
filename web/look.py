"""The site's own look: its style sheet, its icon, and the templates that take the place of the theme's."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

HERE = Path(__file__).resolve().parent
NAME = "One bent line"


def take_up(app: Sphinx, config: Any) -> None:
    """Add this folder's files to those of the book; the front page has its cards instead of a sidebar."""
    config.html_static_path.append(str(HERE / "static"))
    config.templates_path.append(str(HERE / "templates"))
    config.html_sidebars.setdefault(config.root_doc, [])
    config.version = config.version or metadata.version("mlpkit")
    config.epub_show_urls, config.epub_basename = "no", "book"
    config.suppress_warnings.append(
        "epub.unknown_project_files"
    )  # the page at the root that leads on to the front page
    config.epub_title = f"{NAME}: multilayer perceptrons"


def dress(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Tell a page its icons, and templates the course's name."""
    context["course_name"] = NAME
    if app.builder.name != "html":
        return
    pathto = context.get("pathto")
    if pathto:
        context["metatags"] = context.get("metatags", "") + "".join(
            f'<link rel="{kind}" href="{pathto(f"_static/{file}", 1)}"{rest}/>\n'
            for kind, file, rest in (
                ("icon", "mark.svg", ' type="image/svg+xml"'),
                ("apple-touch-icon", "mark.png", ""),
            )
        )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the files."""
    app.connect("config-inited", take_up, priority=999)  # when the table of contents has told the root
    app.connect("html-page-context", dress)
    app.add_css_file("course.css", priority=900)  # after the others
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
