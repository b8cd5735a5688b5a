"""The only grading code beside the student's: it carries out a challenge's steps on their object and reports what came out.

It knows no expected value and reaches no verdict. A challenge is a list of cases, a case a list of steps, a step one of

    {"do": "bind", "name": n, "value": v}                    n = v
    {"do": "library", "path": p, "args": [...], "name": n}   n = p(...), p in a library, in the assignment's props or in tools
    {"do": "call", "object": o, "method": m, "args": [...], "kwargs": {...}, "name": n}
                                                             n = o.m(...), or o(...) when m is None
    {"do": "attempt", ...}                                   the same as call, but what it raises is ignored
    {"do": "raises", ..., "error": e, "label": l}            the same as call; report e if it raises one, else what it did
    {"do": "put", "object": o, "attribute": a, "value": v}   o.a = v, in place where shape and dtype allow
    {"do": "get", "object": o, "attribute": a, "name": n}    n = o.a
    {"do": "look", "object": o, "attribute": a, "label": l}  report o.a, or that there is none
    {"do": "collect", "object": o, "limit": k, "name": n}    n = the first k things that o yields, as a list
    {"do": "patch", "object": o, "global": g, "value": v}    let the function o find v under the global name g, in this case
    {"do": "publish", "label": l, "value": v}                report v as it is now, under the label l
    {"do": "publish_shape", "label": l, "value": v}          report the shape of v

where a value is {"ref": n}, {"refs": [n, ...]}, {"rng": seed} or a wire message, and "target" is the student's object.
"""

import builtins
import contextlib
import importlib
import inspect
import itertools
from types import ModuleType
from typing import Any

import numpy as np

from mlpgrade.judging import tools, wire

NOT_THERE = "nothing of that name"
"""What is reported of an attribute that is not there."""


def run(challenge: list[dict], target: Any, props: ModuleType | None = None) -> list[dict]:
    """Return, for each case, what was published and, where a step raised, which one and how."""
    return [run_case(case["steps"], target, props) for case in challenge]


def run_case(steps: list[dict], target: Any, props: ModuleType | None = None) -> dict:
    """Carry out one case. It ends at the first step that raises."""
    names = {"target": target, "props": props}
    published: dict[str, dict] = {}
    with contextlib.ExitStack() as undo:
        for index, step in enumerate(steps):
            try:
                _carry_out(step, names, published, undo)
            except KeyboardInterrupt:  # the time is up
                raise
            except BaseException as error:  # whatever else a student's code may raise, SystemExit too, is an answer
                return {
                    "published": published,
                    "failed": {"step": index, "error": type(error).__name__[:100], "message": _text(error)},
                }
    return {"published": published}


def _carry_out(step: dict, names: dict[str, Any], published: dict[str, dict], undo: contextlib.ExitStack) -> None:
    match step["do"]:
        case "bind":
            names[step["name"]] = _value(step["value"], names)
        case "library":
            function = _library(step["path"], names["props"])
            names[step["name"]] = function(*(_value(argument, names) for argument in step["args"]))
        case "call":
            names[step["name"]] = _call(step, names)
        case "attempt":
            with contextlib.suppress(Exception, SystemExit):
                _call(step, names)
        case "raises":
            published[step["label"]] = wire.encode(_raised(step, names))
        case "put":
            _put(names[step["object"]], step["attribute"], _value(step["value"], names))
        case "get":
            names[step["name"]] = getattr(names[step["object"]], step["attribute"])
        case "look":
            found = getattr(names[step["object"]], step["attribute"], tools.Missing)
            published[step["label"]] = {"other": NOT_THERE} if found is tools.Missing else wire.encode(found)
        case "collect":
            names[step["name"]] = list(itertools.islice(iter(names[step["object"]]), step["limit"]))
        case "patch":
            _patch(names[step["object"]], step["global"], _value(step["value"], names), undo)
        case "publish":
            published[step["label"]] = wire.encode(_value(step["value"], names))
        case "publish_shape":
            published[step["label"]] = wire.encode(list(np.shape(_value(step["value"], names))))


def _call(step: dict, names: dict[str, Any]) -> Any:
    function = names[step["object"]]
    if step["method"] is not None:
        function = getattr(function, step["method"])
    keywords = {name: _value(value, names) for name, value in step["kwargs"].items()}
    return function(*(_value(argument, names) for argument in step["args"]), **keywords)


def _raised(step: dict, names: dict[str, Any]) -> str:
    """Return the name of the error asked for if the call raises it or a subclass; else that of what it did raise."""
    try:
        _call(step, names)
    except getattr(builtins, step["error"]):
        return step["error"]
    except Exception as error:
        return type(error).__name__
    return "nothing"


def _library(path: str, props: ModuleType | None) -> Any:
    module, _, name = path.rpartition(".")
    if module == "props":
        return getattr(props, name)
    return getattr(tools if module == "tools" else importlib.import_module(module), name)


def _patch(function: Any, name: str, value: Any, undo: contextlib.ExitStack) -> None:
    """Replace a global name that the function uses, so that another task's mistake costs nothing here."""
    names = getattr(inspect.unwrap(function), "__globals__", {})
    if name in names:
        undo.callback(names.__setitem__, name, names[name])
        names[name] = value


def _put(owner: Any, attribute: str, value: Any) -> None:
    """Set in place if possible: a right answer may hold the same array under a second name."""
    current = getattr(owner, attribute, None)
    if (
        isinstance(current, np.ndarray)
        and current.shape == np.shape(value)
        and current.dtype == value.dtype
        and current.flags.writeable
    ):
        current[...] = value
    else:
        setattr(owner, attribute, value)


def _value(message: dict, names: dict[str, Any]) -> Any:
    if "ref" in message:
        return names[message["ref"]]
    if "refs" in message:
        return [names[name] for name in message["refs"]]
    if "rng" in message:
        return np.random.default_rng(message["rng"])
    return wire.decode(message)


def _text(error: BaseException) -> str:
    try:
        return str(error)[:300]
    except BaseException:  # a student's own exception class may fail to print
        return ""
