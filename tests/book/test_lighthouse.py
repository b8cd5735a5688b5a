"""Lighthouse's scores: of two pages in `make test`, of every page in `make audit`.

Its performance hangs on the machine and on what else it does: it is asked for in `make audit` alone, and the best of three runs
counts. Bytes, requests, shifts, axe and HTML do not, and are checked of every page in test_pages.py.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests_support import ROOT
from web_serving import served

pytestmark = pytest.mark.slow
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
ALL = [TOC["root"], *(entry["file"] for part in TOC["parts"] for entry in part["chapters"])]
PAGES = ALL if os.environ.get("MLP_FULL_AUDIT") else ["book/index", "book/gradient_descent"]
CLEAN = {"accessibility": 100, "best-practices": 100, "seo": 100}
FAST = {"mobile": {"performance": 95}, "desktop": {"performance": 99}}
WANTED = {device: CLEAN | (FAST[device] if os.environ.get("MLP_FULL_AUDIT") else {}) for device in FAST}
CHROME = "--headless=new --no-sandbox --disable-gpu"


@pytest.fixture(scope="module")
def address(site):
    with served(site) as address:
        yield address


def scores(url, device):
    """What Lighthouse gives a page for each category, and what it found wanting."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.skip("no Chromium was found; see `make test`")
    program = [Path(sys.executable).parent / "node", ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"]
    options = ["--output=json", "--quiet", "--no-enable-error-reporting", f"--chrome-flags={CHROME}"]
    options += ["--only-categories=performance,accessibility,best-practices,seo"]
    options += ["--preset=desktop"] if device == "desktop" else []
    environment = os.environ | {"CHROME_PATH": chromium}
    process = subprocess.run([*program, url, *options], env=environment, capture_output=True, text=True, timeout=300)
    assert process.returncode == 0, process.stderr[-2000:]
    report = json.loads(process.stdout)
    wanting = {name: audit.get("displayValue") for name, audit in report["audits"].items() if audit["score"] == 0}
    return {name: round(100 * category["score"]) for name, category in report["categories"].items()}, wanting


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("device", WANTED)
def test_lighthouse_gives_a_page_its_scores(address, name, device):
    best, found = {}, []
    for _ in range(3):
        reached, wanting = scores(f"{address}/{name}.html", device)
        found.append((reached, wanting))
        best = {category: max(score, best.get(category, 0)) for category, score in reached.items()}
        if all(best[category] >= score for category, score in WANTED[device].items()):
            return
    raise AssertionError(found)
