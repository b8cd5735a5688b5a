"""Runs a notebook in a kernel of its own where there is no sandbox: it then may do whatever the person who grades may do."""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from mlpgrade.sandbox.library import Image, build


class QuietClient(NotebookClient):
    """Drops what a kernel writes to the terminal's own error stream: it is noise of starting and stopping."""

    async def async_start_new_kernel(self, **kwargs) -> None:
        """Start the kernel."""
        await super().async_start_new_kernel(stderr=subprocess.DEVNULL, **kwargs)

    start_new_kernel = run_sync(async_start_new_kernel)


def run_in_kernel(nb: NotebookNode, handed: dict[str, Any], image: Image, seconds: float) -> str:
    """Run the notebook and put the outputs into its cells. Return why not all cells were run, or nothing.

    What may be imported is what the sandbox has too: the course's libraries come from the same image.
    """
    call = (
        "import json\nfrom mlpgrade.judging import handed as _handed\n_handed.hand_in(**json.loads({!r}))\ndel _handed"
    )
    nb.cells.insert(0, new_code_cell(call.format(json.dumps(handed))))
    client = QuietClient(nb, kernel_name="python3", timeout=seconds, interrupt_on_timeout=True, allow_errors=True)
    try:
        with tempfile.TemporaryDirectory(prefix="mlpgrade-") as folder:
            build(image, Path(folder, "course"))
            client.execute(env=os.environ | {"PYTHONPATH": str(Path(folder, "course"))})
    except (TimeoutError, DeadKernelError, RuntimeError) as error:
        return f"The notebook was not run to its end: {str(error).splitlines()[0] if str(error) else type(error).__name__}."
    finally:
        del nb.cells[0]
    return ""
