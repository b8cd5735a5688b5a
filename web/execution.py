"""Chapters are executed side by side, one for each processor, before MyST-NB reads them and finds them in its cache."""

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from myst_nb.core.read import create_nb_reader
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def execute(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Execute the chapters that changed and put them into the cache.

    One that fails is left to MyST-NB, which executes it again and says what is wrong.
    """
    config = env.mystnb_config  # type: ignore[attr-defined]
    if config.execution_mode != "cache":
        return
    cache = get_cache(config.execution_cache_path)

    def run(path: Path, notebook: NotebookNode) -> ExecutionResult:
        settings = {"timeout": config.execution_timeout, "allow_errors": False}
        # Widgets have no kernel on a page: their state, which would lie in each, is not kept.
        return single_nb_execution(notebook, cwd=str(path.parent), store_widget_state=False, **settings)

    waiting = dict(unknown(env, docnames, cache))
    # The threads wait for kernels, which are processes of their own and do the work.
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for path, result in zip(waiting, threads.map(run, waiting, waiting.values()), strict=True):
            if result.err is None:
                bundle = CacheBundleIn(result.nb, str(path), data={"execution_seconds": result.time})
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def unknown(env: BuildEnvironment, docnames: list[str], cache) -> Iterator[tuple[Path, NotebookNode]]:
    """Yield the notebooks among the documents that are not in the cache, with their paths."""
    for path in (Path(env.doc2path(name)) for name in docnames):
        text = path.read_text(encoding="utf-8")
        reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)  # type: ignore[attr-defined]
        if reader is None:
            continue
        notebook = reader.read(text)
        try:
            cache.match_cache_notebook(notebook)
        except KeyError:
            yield path, notebook


def outdated(app: Sphinx, env: BuildEnvironment, *_) -> set[str]:
    """Forget what was executed, and read every page again, when the package that the chapters import has changed."""
    modules = sorted(Path(app.srcdir, "mlpkit").glob("*.py"))
    digest = hashlib.sha256(b"\0".join(module.read_bytes() for module in modules)).hexdigest()
    folder = Path(env.mystnb_config.execution_cache_path)  # type: ignore[attr-defined]
    known = folder / "mlpkit.sha256"
    if known.exists() and known.read_text() == digest:
        return set()
    cache = get_cache(folder)
    cache.clear_cache()
    known.parent.mkdir(parents=True, exist_ok=True)
    known.write_text(digest)
    return set(env.found_docs)


def setup(app: Sphinx) -> None:
    """Execute chapters before any is read."""
    app.connect("env-get-outdated", outdated)
    app.connect("env-before-read-docs", execute)
