"""All graded tasks, by name: each module of this package holds those of one assignment, as `TASKS`."""

import importlib
import pkgutil

from mlpgrade.judge import Task

MODULES = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
TASKS: dict[str, Task] = {task.name: task for module in MODULES for task in module.TASKS}


def limits(assignment: str) -> dict:
    """Return what an assignment allows beyond the sandbox's usual limits."""
    return {
        name: value
        for module in MODULES
        if assignment == module.ASSIGNMENT
        for name, value in getattr(module, "LIMITS", {}).items()
    }
