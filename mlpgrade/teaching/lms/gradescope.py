"""Gradescope.

The export of an assignment: folders `submission_NUMBER`, and a `submission_metadata.yml` that says of each whose it is and when it came. Its keys
are Ruby's symbols (`:submitters:`, `:name:`, `:email:`, `:sid:`, `:created_at:`), as Otter-Grader's `GradescopeParser` reads them too.
"""

from datetime import datetime
from typing import Any

import yaml

from mlpgrade.records.roster import Who
from mlpgrade.teaching.handed import Entry, Handed

SYSTEM = "gradescope"
INDEX = "submission_metadata.yml"


class Plain(yaml.SafeLoader):
    """Reads what Ruby wrote, and makes nothing of its classes but what is in them."""


Plain.add_multi_constructor("!", lambda loader, suffix, node: _inside(loader, node))


def _inside(loader: Any, node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    return loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else loader.construct_scalar(node)


def handed(entries: list[Entry]) -> list[Handed] | None:
    """Return what was handed in, or None if there is no index of Gradescope's."""
    index = next((entry for entry in entries if entry.name == INDEX and not entry.refused), None)
    if index is None:
        return None
    try:
        told = yaml.load(index.read(), Plain)  # a SafeLoader
    except (yaml.YAMLError, RecursionError):
        return None
    told = told if isinstance(told, dict) else {}
    return [one for entry in entries if entry is not index for one in _of(entry, told)]


def _of(entry: Entry, told: dict) -> list[Handed]:
    """Return a file once for each of those who handed it in together."""
    folder = next((part for part in entry.path.split("/")[:-1] if part in told), "")
    about = told.get(folder) or {}
    when = about.get(":created_at")
    people = [
        Who(str(one.get(":sid") or ""), str(one.get(":email") or ""), str(one.get(":name") or ""))
        for one in about.get(":submitters") or [{}]
    ]
    time = when if isinstance(when, datetime) else None
    return [Handed(who, entry, entry.name, time, None, folder.removeprefix("submission_"), folder) for who in people]
