"""Figures of `mlpkit.widgets` in the built book: HTML's own sliders, which figures.js listens to.

The frames of a figure go into a script of its own, which is fetched when a reader reaches for a slider. (A script, and
not data, since pages that are opened as files may load nothing else.)
"""

import hashlib
import html
import json
import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

FIGURE = re.compile(
    r'<div class="mlpkit-figures">(.*?)<script type="application/json">(.*?)</script></div>', flags=re.DOTALL
)


class Controls(SphinxPostTransform):
    """Gives each figure its sliders and takes its frames out of the page."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_) -> None:
        """Rewrite the HTML that the chapters' cells have displayed."""
        folder = Path(self.app.outdir, "_static", "figures") if self.app.builder.name in ("html", "dirhtml") else None
        for raw in self.document.findall(nodes.raw):
            if FIGURE.search(raw.astext()):
                raw[0] = nodes.Text(FIGURE.sub(lambda found: figure(found[1], found[2], folder), raw.astext()))


def figure(first: str, data: str, folder: Path | None) -> str:
    """Return the figure with controls and write its frames into the folder; without one return the first frame alone."""
    if folder is None:
        return first
    known = json.loads(data)
    name = hashlib.sha256(data.encode()).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    frames = json.dumps(known["frames"], ensure_ascii=False)
    (folder / f"{name}.js").write_text(f'(window.mlpkitFrames ??= {{}})["{name}"] = {frames};\n', encoding="utf-8")
    controls = "".join(control(**given) for given in known["controls"])
    return f'<div class="mlpkit-figures" data-frames="{name}"><div class="mlpkit-controls pst-js-only">{controls}</div>{first}</div>'


def control(label: str, texts: list[str], start: int) -> str:
    """Return a slider with its name, and the text of the value that it starts with."""
    label, now, all_texts = (html.escape(text) for text in (label, texts[start], json.dumps(texts, ensure_ascii=False)))
    return (
        f'<div class="mlpkit-control"><span aria-hidden="true">{label}: <output>{now}</output></span>'
        f'<input type="range" min="0" max="{len(texts) - 1}" value="{start}" aria-label="{label}" '
        f'aria-valuetext="{now}" data-texts="{all_texts}" autocomplete="off"></div>'
    )


def setup(app: Sphinx) -> None:
    """Give the figures of HTML pages their controls."""
    app.add_post_transform(Controls)
