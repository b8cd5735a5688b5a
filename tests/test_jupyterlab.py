"""Every assignment opens, runs and validates in JupyterLab: one server, a real browser, the menu and the Validate button."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from urllib.parse import urlparse

import nbformat
import pytest

from bank_support import ASSIGNMENTS, NOTEBOOKS
from mlpgrade.authoring.answers import solution_cells
from tests_support import ROOT

pytestmark = pytest.mark.slow

TOKEN = "t"
QUICK, LONG = 60_000, 180_000  # milliseconds: for what the page does, and for what a kernel does
EMPTY = "01_perceptron"
# JupyterLab shows an error with a traceback as text of the type stderr.
TROUBLE = ".jp-CodeCell :is([data-mime-type='application/vnd.jupyter.error'], [data-mime-type='application/vnd.jupyter.stderr'])"
DONE = f"""
count => {{
  const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].map(prompt => prompt.textContent);
  const failed = document.querySelector("{TROUBLE}") !== null && !prompts.includes("[*]:");
  return failed || (prompts.length === count && prompts.at(-1) === `[${{count}}]:`);
}}
"""


def released(assignment):
    return nbformat.read(ROOT / "exercises" / assignment / f"{assignment}.ipynb", as_version=4)


def solved(assignment):
    """The students' notebook with the solutions in it, as a student would have it open: without hidden lines."""
    notebook = released(assignment)
    answers = {cell.metadata.nbgrader.grade_id: cell.source for cell in solution_cells(NOTEBOOKS[assignment])}
    for cell in solution_cells(notebook):
        cell.source = answers[cell.metadata.nbgrader.grade_id]
    return notebook


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Start JupyterLab from the repository, as README says, on a port and a configuration of its own."""
    base = tmp_path_factory.mktemp("lab")
    for assignment in ASSIGNMENTS:
        (base / "solved" / assignment).mkdir(parents=True)
        nbformat.write(solved(assignment), base / "solved" / assignment / f"{assignment}.ipynb")
    (base / "empty").mkdir()
    nbformat.write(released(EMPTY), base / "empty" / f"{EMPTY}.ipynb")
    (base / "config" / "labconfig").mkdir(parents=True)
    quiet = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
    (base / "config" / "labconfig" / "page_config.json").write_text(json.dumps(quiet))
    environment = os.environ | {
        "MLP_CLASSROOM": str(base / "classroom"),
        "JUPYTER_CONFIG_DIR": str(base / "config"),
        "JUPYTER_DATA_DIR": str(base / "data"),
        "JUPYTER_RUNTIME_DIR": str(base / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(base / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(base / "workspaces"),
        "IPYTHONDIR": str(base / "ipython"),
    }
    command = [sys.executable, "-m", "jupyter", "lab", "--allow-root", "--no-browser", "--ServerApp.ip=127.0.0.1"]
    command += ["--ServerApp.port=0", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={base}"]
    command += ["--LabApp.extension_manager=readonly"]
    with (base / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield wait_for_address(base, server)
        finally:
            server.terminate()
            server.wait(timeout=60)


def wait_for_address(base, server):
    for _ in range(240):
        found = list((base / "runtime").glob("jpserver-*.json"))
        if found and found[0].stat().st_size:
            return json.loads(found[0].read_text())["url"]
        if server.poll() is not None:
            break
        time.sleep(0.5)
    raise AssertionError((base / "log").read_text())


@pytest.fixture(scope="module")
def context(browser):
    """One browser profile for all pages, so that JupyterLab's scripts are fetched once."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    yield context
    context.close()


@pytest.fixture
def lab(address, context):
    """Open a notebook in a workspace of its own; at the end shut its kernel down. No other host may have been asked."""
    page, foreign = context.new_page(), []
    host = urlparse(address).netloc
    page.on(
        "request",
        lambda request: (
            foreign.append(request.url)
            if request.url.startswith("http") and urlparse(request.url).netloc != host
            else None
        ),
    )

    def open_notebook(path):
        page.goto(f"{address}lab/workspaces/{path.split('/')[0]}/tree/{path}?reset&token={TOKEN}", timeout=QUICK)
        page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=QUICK)  # the kernel answers
        return page

    yield open_notebook
    page.close()
    for session in ask(address, "api/sessions"):
        ask(address, f"api/sessions/{session['id']}", "DELETE")
    assert foreign == []


def ask(address, path, method="GET"):
    request = urllib.request.Request(f"{address}{path}", headers={"Authorization": f"token {TOKEN}"}, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read() or "null")


def run_all(page, count):
    """Choose Run → Run All Cells, and wait until the last of the code cells has run or one has failed."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(DONE, arg=count, timeout=LONG, polling=200)


def validate(page):
    """Press nbgrader's button in the notebook's toolbar and return what the dialog says."""
    page.locator(".validate-button").get_by_text("Validate", exact=True).click()
    dialog = page.locator(".jp-Dialog", has_text="Valid")
    dialog.wait_for(timeout=LONG)
    said = dialog.inner_text()
    dialog.get_by_role("button", name="Ok").click()
    return said


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_a_solved_notebook_runs_and_validates(lab, assignment):
    code = [cell.source for cell in released(assignment).cells if cell.cell_type == "code"]
    page = lab(f"solved/{assignment}/{assignment}.ipynb")
    run_all(page, len(code))
    assert page.locator(TROUBLE).all_text_contents() == []

    cells = page.locator(".jp-CodeCell")
    prompts = [cell.locator(".jp-InputPrompt").text_content() for cell in cells.all()]
    assert prompts == [f"[{number}]:" for number in range(1, len(code) + 1)]
    tests = [number for number, source in enumerate(code) if "with visible(" in source]
    assert tests
    for number in tests:
        printed = cells.nth(number).locator(".jp-OutputArea-output").all_text_contents()
        assert "✓" in "".join(printed), code[number]
        assert "✗" not in "".join(printed), code[number]

    plots = page.locator(".jp-RenderedImage img")
    assert plots.count() > 0
    assert all(plot.evaluate("image => image.decode().then(() => image.naturalWidth > 100)") for plot in plots.all())

    assert "Success! Your notebook passes all the tests." in validate(page)


def test_an_empty_notebook_says_what_to_write(lab):
    hint = "predict: compute the scores X w + b"
    code = [cell.source for cell in released(EMPTY).cells if cell.cell_type == "code"]
    page = lab(f"empty/{EMPTY}.ipynb")
    run_all(page, len(code))
    assert f"NotImplementedError: {hint}" in page.locator(TROUBLE).text_content()

    said = validate(page)
    assert said.count("The following cell failed:") == sum("with visible(" in source for source in code)
    assert f"NotImplementedError: {hint}" in said
