"""What makes the book's HTML of what Sphinx and its theme write.

Formulas are set beforehand, chapters are executed side by side, figures respond, and pages load what they use alone.
"""

from sphinx.application import Sphinx

from web import execution, figures, maths, pages, styles


def setup(app: Sphinx) -> dict:
    """Add it all to a build."""
    for part in (execution, figures, maths, pages, styles):
        part.setup(app)
    return {"parallel_read_safe": True}
