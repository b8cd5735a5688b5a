"""For 01_perceptron: runs a `fit` and tells whether it called the student's own `predict`."""

import inspect
from typing import Any


class Witness:
    """Stands in for the `predict` that `fit` finds among its globals: passes calls on and notes that there was one."""

    def __init__(self, fit: Any):
        self.fit = fit
        self.predict: Any = getattr(inspect.unwrap(fit), "__globals__", {}).get("predict")
        self.called = False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Answer as `predict` does."""
        self.called = True
        return self.predict(*args, **kwargs)

    def run(self, *args: Any, **kwargs: Any) -> Any:
        """Return what `fit` returns, or a sentence about what it raises."""
        try:
            return self.fit(*args, **kwargs)
        except Exception as error:  # a wrong predict may be behind it: the judge decides
            return f"raise {type(error).__name__}: {error}"[:300]

    def ask(self, *args: Any) -> Any:
        """Return the answer of `predict`, or None if it has none; this does not count as a call."""
        try:
            return self.predict(*args)
        except Exception:
            return None
