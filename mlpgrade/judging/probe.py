"""The only grading code beside the student's: it carries out a challenge's steps on their object and reports what came out.

It knows no expected value and reaches no verdict. What NumPy warns of meanwhile is reported too. A challenge is a list of cases, a case a list of steps, a step one of

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
    {"do": "remember", "object": o, "attribute": a, "name": n}
                                                             n = a copy of o.a, or of o when a is None
    {"do": "restore", "object": o, "attribute": a, "from": n}
                                                             o.a = n where it differs, in place as with put; or the array o
    {"do": "same", "object": o, "attribute": a, "than": n, "label": l}
                                                             report whether o.a, or o, is what was remembered as n
    {"do": "publish", "label": l, "value": v}                report v as it is now, under the label l
    {"do": "publish_shape", "label": l, "value": v}          report the shape of v

where a value is {"ref": n}, {"refs": [n, ...]}, {"rng": seed} or a wire message, and "target" is the student's object.
"""

import builtins
import contextlib
import copy
import importlib
import inspect
import itertools
import json
import signal
import threading
import time
import warnings
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np

from mlpgrade.judging import tools, wire

NOT_THERE = "nothing of that name"
"""What is reported of an attribute that is not there."""


PATIENCE = 2.0
"""Seconds that an attempt may take. It is of what another task judges: if it never ends, that one loses its points."""


ENDLESS, SET = "the methods that did not end", "the arrays that were set"
"""Names of what a case notes for itself, which no challenge uses."""


def run(challenge: list[dict], target: Any, props: ModuleType | None = None) -> list[dict]:
    """Return, for each case, what was published and, where a step raised, which one and how."""
    endless: set[str] = set()
    return [run_case(case["steps"], target, props, endless) for case in challenge]


def run_case(steps: list[dict], target: Any, props: ModuleType | None = None, endless: set[str] | None = None) -> dict:
    """Carry out one case. It ends at the first step that raises; after that, attributes alone are looked at, for what had been
    done by then. What is `endless` is attempted no more.
    """
    names = {"target": target, "props": props, ENDLESS: set() if endless is None else endless, SET: {}}
    published: dict[str, dict] = {}
    warned: list[str] = []
    with contextlib.ExitStack() as undo:
        undo.enter_context(listening(warned))
        for index, step in enumerate(steps):
            try:
                _carry_out(step, names, published, undo)
            except KeyboardInterrupt:  # the time is up
                raise
            except BaseException as error:  # whatever else a student's code may raise, SystemExit too, is an answer
                _look_at_the_rest(steps[index + 1 :], names, published)
                return {
                    "published": published,
                    "failed": {"step": index, "error": type(error).__name__[:100], "message": _text(error)},
                }
    return {"published": published} | ({"warned": warned} if warned else {})


def _look_at_the_rest(steps: list[dict], names: dict[str, Any], published: dict[str, dict]) -> None:
    for step in steps:
        if step["do"] == "look" and step["object"] in names:
            with contextlib.suppress(Exception, SystemExit):
                _carry_out(step, names, published, contextlib.ExitStack())


@contextlib.contextmanager
def listening(warned: list[str]) -> Iterator[None]:
    """Note what NumPy warns of, such as an overflow, once each. What the student's code makes of warnings stays as it is."""

    def note(message: Any, category: type, *_: Any, **__: Any) -> None:
        text = _text(message)
        if issubclass(category, RuntimeWarning) and text not in warned and len(warned) < 3:
            warned.append(text)

    with warnings.catch_warnings():
        warnings.showwarning = note
        yield


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
            _attempt(step, names)
        case "raises":
            published[step["label"]] = wire.encode(_raised(step, names))
        case "put":
            _put(names[step["object"]], step["attribute"], _value(step["value"], names), names[SET])
        case "get":
            names[step["name"]] = getattr(names[step["object"]], step["attribute"])
        case "look":
            found = getattr(names[step["object"]], step["attribute"], tools.Missing)
            published[step["label"]] = {"other": NOT_THERE} if found is tools.Missing else wire.encode(found)
        case "collect":
            names[step["name"]] = list(itertools.islice(iter(names[step["object"]]), step["limit"]))
        case "patch":
            _patch(names[step["object"]], step["global"], _value(step["value"], names), undo)
        case "remember":
            names[step["name"]] = _copy(_there(step, names))
        case "restore":
            _restore(step, names)
        case "same":
            published[step["label"]] = wire.encode(_is_same(_there(step, names), names[step["than"]]))
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


class TooLong(BaseException):
    """Ends an attempt."""


def _attempt(step: dict, names: dict[str, Any]) -> None:
    """Call, and go on whatever comes of it, also if nothing ever does."""
    called = step["method"] or step["object"]
    if called in names[ENDLESS]:
        return
    try:
        with contextlib.suppress(Exception, SystemExit), at_most(PATIENCE):
            _call(step, names)
    except TooLong:
        names[ENDLESS].add(called)


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TooLong in what takes longer, in the main thread of a system that has timers."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: Any) -> None:
        raise TooLong

    began, before = time.monotonic(), signal.signal(signal.SIGALRM, stop)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - began), 1e-3) if left else 0)
        signal.signal(signal.SIGALRM, before)


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


def _there(step: dict, names: dict[str, Any]) -> Any:
    """Return the object of a step, or its attribute where one is named."""
    found = names[step["object"]]
    return found if step["attribute"] is None else getattr(found, step["attribute"], tools.Missing)


def _restore(step: dict, names: dict[str, Any]) -> None:
    before, now = names[step["from"]], _there(step, names)
    if before is tools.Missing or _is_same(now, before):
        return
    if step["attribute"] is not None:
        _put(names[step["object"]], step["attribute"], before, names[SET])
    else:
        now[...] = before


def _copy(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else copy.deepcopy(value)


def _is_same(value: Any, other: Any) -> bool:
    """Tell whether a value is another's equal to the last bit; of NaN too."""
    return json.dumps(wire.encode(value)) == json.dumps(wire.encode(other))


def _put(owner: Any, attribute: str, value: Any, were_set: dict[tuple[int, str], np.ndarray]) -> None:
    """Set in place if possible: a right answer may hold the same array under a second name.

    But never into memory that another attribute, set before, lies in as well: it would lose what it was set to.
    """
    current = getattr(owner, attribute, None)
    key = id(owner), attribute
    if (
        isinstance(current, np.ndarray)
        and current.shape == np.shape(value)
        and current.dtype == value.dtype
        and current.flags.writeable
        and not any(np.shares_memory(current, other) for its, other in were_set.items() if its != key)
    ):
        current[...] = value
    else:
        setattr(owner, attribute, _copy(value))
    now = getattr(owner, attribute, None)
    if isinstance(now, np.ndarray):
        were_set[key] = now


def _value(message: dict, names: dict[str, Any]) -> Any:
    if "ref" in message:
        return names[message["ref"]]
    if "refs" in message:
        return [names[name] for name in message["refs"]]
    if "rng" in message:
        return np.random.default_rng(message["rng"])
    return wire.decode(message)


def _text(error: Any) -> str:
    try:
        return str(error)[:300]
    except BaseException:  # a student's own exception class may fail to print
        return ""
