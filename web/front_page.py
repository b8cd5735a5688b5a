"""What the front page is made of, beside its prose: the lead picture, and a card for each chapter.

Two directives, `{lead-picture}` and `{chapter-cards}`. Pictures are computed when the page is read, and again only when
the code behind them has changed. A chapter's question is `question:` in its front matter.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from web import pictures, spiral

HERE = Path(__file__).resolve().parent
CODE = (HERE / "spiral.py", HERE / "pictures.py", *(HERE.parent / "mlpkit").glob("*.py"))


class question(nodes.Invisible, nodes.Element):
    """Stands for the question of the chapter `chapter` until all chapters have been read."""


class LeadPicture(SphinxDirective):
    """The spiral, while a network trains on it; lead_picture.js moves it."""

    def run(self) -> list[nodes.Node]:
        """Return the figure."""
        _depends_on_code(self)
        return [nodes.raw("", lead_picture(list(spiral.frames())), format="html")]


def lead_picture(frames: list[dict[str, Any]]) -> str:
    """Return the figure's HTML: the last frame, to be seen without JavaScript, and all of them as data."""
    last, edge = frames[-1], spiral.EDGE
    dots = "".join(f'<path class="class-{k}" d="{path}"/>' for k, path in enumerate(spiral.dots()))
    grounds = "".join(f'<path class="class-{k + 1}" d="{path}"/>' for k, path in enumerate(last["outlines"]))
    highest = max(frame["loss"] for frame in frames)
    curve = " ".join(f"{k},{40 - 38 * frame['loss'] / highest:.1f}" for k, frame in enumerate(frames))
    alt = (
        f"Points on three spiral arms, and the three regions into which the network divides the plane: at first cut almost "
        f"straight, after {len(frames) - 1} epochs of training bent around the arms, with {last['right']:.0%} of the points right."
    )
    return f"""<figure class="lead-picture">
<svg class="lead-plane" viewBox="0 0 {edge} {edge}" role="img" aria-label="{html.escape(alt)}">
<clipPath id="lead-disc"><circle cx="{edge // 2}" cy="{edge // 2}" r="{edge // 2 - 2}"/></clipPath>
<g class="lead-grounds" clip-path="url(#lead-disc)"><path class="class-0" d="M0 0h{edge}v{edge}h-{edge}z"/>{grounds}</g>
<g class="lead-dots">{dots}</g>
</svg>
<div class="lead-control pst-js-only">
<button type="button" data-lead="button">Train</button>
<span class="lead-track">
<svg viewBox="0 0 {len(frames) - 1} 42" preserveAspectRatio="none" aria-hidden="true"><polyline points="{curve}"/></svg>
<input type="range" data-lead="epochs" min="0" max="{len(frames) - 1}" value="{len(frames) - 1}" aria-label="Epoch of the training">
</span>
</div>
<script type="application/json" data-lead="frames">{json.dumps(frames, separators=(",", ":"))}</script>
<figcaption>
<span>epoch <b data-lead="epoch">{len(frames) - 1}</b></span>
<span>loss <b data-lead="loss">{last["loss"]:.3f}</b></span>
<span><b data-lead="right">{last["right"]:.0%}</b> right</span>
</figcaption>
</figure>
"""


class ChapterCards(SphinxDirective):
    """A card for each chapter that has a picture: the picture, the title, the question."""

    def run(self) -> list[nodes.Node]:
        """Return the list of cards; titles and questions are filled in later."""
        _depends_on_code(self)
        folder = self.env.docname.rpartition("/")[0]
        cards = nodes.bullet_list(classes=["chapter-cards"])
        for chapter in pictures.PICTURES:
            picture = nodes.raw("", f'<div class="card-picture">{pictures.svg(chapter)}</div>', format="html")
            link = pending_xref(
                "", nodes.inline(), refdomain="std", reftype="doc", refexplicit=False, refwarn=True,
                reftarget=f"/{folder}/{chapter}", refdoc=self.env.docname,
            )  # fmt: skip
            asked = nodes.paragraph("", "", question(chapter=f"{folder}/{chapter}"), classes=["card-question"])
            title = nodes.paragraph("", "", link, classes=["card-title"])
            cards += nodes.list_item("", picture, title, asked)
        return [cards, nodes.raw("", MEMORY, format="html")]


MEMORY = """<p class="reading-memory" hidden><span>This browser, and nothing else, remembers where you were and which chapters
you have read.</span> <button type="button">Forget it</button></p>
"""


def fill_in_questions(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put each chapter's question where a card waits for it."""
    for place in list(doctree.findall(question)):
        place.replace_self(nodes.Text(app.env.metadata[place["chapter"]].get("question", "")))


def stand_still(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Leave out, where the book is no site, what is there to be pressed and the frames that it would move through."""
    if app.builder.name == "html":
        return
    for raw in doctree.findall(nodes.raw):
        if 'class="lead-picture"' in raw.astext():
            raw[0] = nodes.Text(re.sub(r'<div class="lead-control.*</script>', "", raw.astext(), flags=re.DOTALL))
        elif raw.astext() == MEMORY:
            raw[0] = nodes.Text("")


def add_script(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Load the script on the front page alone."""
    if page == app.config.root_doc:
        app.add_js_file("lead_picture.js", loading_method="defer")


def front_page_again(app: Sphinx, env: Any) -> list[str]:
    """The front page shows what chapters say of themselves, so it is written whenever anything is."""
    return [str(app.config.root_doc)]


def _depends_on_code(directive: SphinxDirective) -> None:
    for path in CODE:
        directive.env.note_dependency(str(path))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives, the script and the page without a sidebar."""
    app.add_directive("lead-picture", LeadPicture)
    app.add_directive("chapter-cards", ChapterCards)
    app.add_node(question)
    app.connect("doctree-resolved", fill_in_questions)
    app.connect("doctree-resolved", stand_still)
    app.connect("html-page-context", add_script)
    app.connect("env-updated", front_page_again)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
