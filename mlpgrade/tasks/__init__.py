"""The graded tasks by name. Each module declares those of one assignment: cases, reference, named mistakes."""

from mlpgrade.judge import Task
from mlpgrade.tasks import linear_layer

TASKS: dict[str, Task] = {task.name: task for module in (linear_layer,) for task in module.TASKS}
