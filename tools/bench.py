"""`make bench`: install what mlpkit is compared with into `.venv-bench`, then time a training step of each.

scikit-learn and PyTorch stay outside the locked environment, since their builds differ by platform. PyTorch is installed
only where pip would choose a build without CUDA, which is some gigabytes smaller; elsewhere its column stays empty.
"""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv-bench"
PYTHON = VENV / "bin" / "python"
TORCH = "torch==2.13.0"


def main(arguments: list[str]) -> int:
    """Set up the environment if need be, run the benchmark and return its exit status."""
    if not (VENV / "ready").exists():
        print("Setting up .venv-bench (once) …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
        if not install(f"numpy=={version('numpy')}", "scikit-learn"):
            sys.exit("bench: scikit-learn could not be installed. Is the network there? Then run it again.")
        if not comes_without_cuda(TORCH) or not install(TORCH):
            print(f"bench: pip finds no {TORCH} without CUDA, so the comparison with PyTorch is left out.")
            print(f"       To have it, install a CPU build: {PYTHON} -m pip install …")
        (VENV / "ready").touch()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([PYTHON, "benchmarks/step_time.py", *arguments], cwd=ROOT, env=environment).returncode


def install(*packages: str) -> bool:
    return (
        subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", *packages], stderr=subprocess.DEVNULL).returncode
        == 0
    )


def comes_without_cuda(package: str) -> bool:
    """Ask pip what it would install, without installing it."""
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--dry-run", "--report", "-", package]
    answer = subprocess.run(command, capture_output=True, text=True)
    if answer.returncode:
        return False
    names = {entry["metadata"]["name"].lower() for entry in json.loads(answer.stdout)["install"]}
    return not any(name.startswith(("nvidia", "triton", "cuda")) for name in names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
