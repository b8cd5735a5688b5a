"""Set up everything the project needs in `.venv` and `node_modules`, from the lock files alone.

Runs on the system's Python (3.11 or newer) before anything is installed, so it imports the standard library only. The
students' repository, which is published without the grader, has the same file.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")


def main() -> None:
    if sys.version_info < (3, 11):
        stop(f"Python 3.11 or newer is needed, but this is {sys.version.split()[0]}. Try: make PYTHON=python3.12")
    make_environment()
    install_packages()
    fetch_scripts()
    (VENV / "ready").touch()


def make_environment() -> None:
    """Make the virtual environment, unless there is one that works."""
    print("Setting up .venv (once; a minute or so) …", flush=True)
    if (BIN / "python").exists() and subprocess.run(
        [BIN / "python", "-m", "pip", "--version"], capture_output=True
    ).returncode == 0:
        return
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True, capture_output=True)
    except subprocess.CalledProcessError as error:
        said = error.stdout.decode(errors="replace").strip().splitlines()
        stop(
            f"python -m venv failed ({said[0] if said else 'no reason given'}). On Debian or Ubuntu: apt-get install python3-venv"
        )


def install_packages() -> None:
    """Install the locked packages, every file checked against its hash, and this project beside them."""
    pip = [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes"]
    if run([*pip, "-r", "requirements-uv.lock"], "uv, the installer,", needed=False):
        uv = [str(BIN / "uv"), "pip"]
        # Else each process compiles what it imports: for ever in the sandbox, which sees the environment read-only.
        compiled = "--compile-bytecode"
        run([*uv, "sync", "--quiet", compiled, "--require-hashes", "requirements.lock"], "the locked packages")
        install = [*uv, "install", "--quiet"]
    else:
        run([*pip, "-r", "requirements.lock"], "the locked packages")
        install = pip[:-1]
    for package in (".", "./mlpgrade") if (ROOT / "mlpgrade").exists() else (".",):
        run([*install, "--no-deps", "--no-build-isolation", "--editable", package], "the project itself")
    # Matplotlib's list of fonts, which the sandbox takes over where there is one.
    run([str(BIN / "python"), "-c", "import matplotlib.font_manager"], "the list of fonts", needed=False)


def fetch_scripts() -> None:
    """Install the locked JavaScript packages: what sets formulas and tests pages."""
    npm = [str(BIN / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run(npm, "the JavaScript packages")


def run(command: list[str], what: str, *, needed: bool = True) -> bool:
    """Run a command in the project's environment; when it fails, say so in a line (and stop, if it is needed)."""
    environment = os.environ | {"VIRTUAL_ENV": str(VENV), "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if result.returncode and needed:
        stop(
            f"Could not install {what}:\n{(result.stderr or result.stdout).strip()[-1500:]}\nIs the network there? Then run it again."
        )
    return result.returncode == 0


def stop(message: str) -> None:
    sys.exit(f"setup: {message}")


if __name__ == "__main__":
    main()
