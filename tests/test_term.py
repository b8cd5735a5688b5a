"""A short term, by the commands of the whole one that `make audit` plays."""

import pytest

from mlpgrade.sandbox import bubblewrap
from tests_support import ASSIGNMENTS

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bubblewrap.problem() is not None, reason="there is no sandbox here")]


def test_a_short_term_gives_everybody_what_they_deserve_and_loses_nothing(tmp_path):
    from term import Term

    Term(tmp_path, 12, ASSIGNMENTS[3:6], workers=1).play(say=lambda *_, **__: None)
