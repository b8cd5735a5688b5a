"""What the book's HTML has beside Sphinx and its theme: formulas set beforehand, chapters executed side by side, figures that respond."""

from sphinx.application import Sphinx

from web import execution, figures, maths


def setup(app: Sphinx) -> dict:
    """Add it all to a build."""
    for part in (execution, figures, maths):
        part.setup(app)
    return {"parallel_read_safe": True}
