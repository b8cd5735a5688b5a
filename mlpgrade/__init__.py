"""mlpgrade: what instructors run. Students' notebooks meet `grade` alone."""

from mlpgrade.entry import grade

__all__ = ["grade"]
