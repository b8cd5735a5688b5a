"""What the book's HTML has beside Sphinx and its theme: formulas set beforehand, chapters executed side by side."""

from sphinx.application import Sphinx

from web import execution, maths


def setup(app: Sphinx) -> dict:
    """Add it all to a build."""
    for part in (execution, maths):
        part.setup(app)
    return {"parallel_read_safe": True}
