"""Formulas, set by KaTeX while the book is built: HTML for the eye, MathML for screen readers, no script for the browser."""

import json
import subprocess

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from web.node import start

CLOSING = tuple(",.;:?!)]’”")


class Typesetter:
    """KaTeX in one process of Node.js for the whole book, started with the first formula."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def set(self, tex: str, *, display: bool) -> str:
        """Return the formula as HTML. Raises ExtensionError if KaTeX cannot set it."""
        if self.process is None:
            self.process = start("katex.mjs")
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(json.dumps({"tex": tex.strip(), "display": display}) + "\n")
            self.process.stdin.flush()
            answer = json.loads(self.process.stdout.readline())
        except (OSError, json.JSONDecodeError) as error:
            self.close()
            raise ExtensionError("Node.js has ended before its time; is node_modules there? Run: make setup") from error
        if "error" in answer:
            raise ExtensionError(answer["error"])
        return answer["html"]

    def close(self) -> None:
        """End the process, if there is one."""
        if self.process is not None:
            self.process.communicate()  # the end of its input ends it
            self.process = None


typesetter = Typesetter()


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula of the running text."""
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
    self.body.append(formula(node, node.astext(), display=False) + "</span>")
    raise nodes.SkipNode


def visit_display(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula, with its number if it has one."""
    self.body.append(self.starttag(node, "div", "", CLASS="math notranslate nohighlight"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append(formula(node, node.astext(), display=True) + "</div>\n")
    raise nodes.SkipNode


def formula(node: nodes.Element, tex: str, *, display: bool) -> str:
    """Return the formula as HTML; an error says in which file it stands and what it is."""
    try:
        return typesetter.set(tex, display=display)
    except ExtensionError as error:
        place = f"{node.source or node.document.get('source')}:{node.line or '?'}"
        raise ExtensionError(f"{place}: this formula cannot be set: {error}\n{tex}") from error


class Glue(SphinxPostTransform):
    """Keep a formula and the comma that follows it on one line."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_) -> None:
        """Wrap both in an element that the style sheet does not break."""
        for math in list(self.document.findall(nodes.math)):
            following = math.next_node(descend=False, siblings=True)
            if isinstance(following, nodes.Text) and following.startswith(CLOSING):
                parent, at = math.parent, math.parent.index(math)
                glued = nodes.inline("", "", math, nodes.Text(following[:1]), classes=["glued"])
                parent[at : at + 2] = [glued, nodes.Text(following[1:])]


def close(*_) -> None:
    """End KaTeX's process with the build."""
    typesetter.close()


def setup(app: Sphinx) -> None:
    """Set all formulas of HTML pages with KaTeX."""
    app.add_html_math_renderer("katex", (visit_inline, None), (visit_display, None))
    app.add_post_transform(Glue)
    app.connect("build-finished", close)
