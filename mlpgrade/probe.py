"""The only grading code beside the student's: it carries out a challenge's steps on their object and reports what came out.

It knows no expected value and reaches no verdict. A challenge is a list of cases, a case a list of steps, a step one of

    {"do": "bind", "name": n, "value": v}                    n = v
    {"do": "call", "object": o, "method": m, "args": [...], "name": n}   n = o.m(...), or o(...) when m is None
    {"do": "attempt", ...}                                   the same as call, but what it raises is ignored
    {"do": "put", "object": o, "attribute": a, "value": v}   o.a = v, in place where shape and dtype allow
    {"do": "get", "object": o, "attribute": a, "name": n}    n = o.a
    {"do": "publish", "label": l, "value": v}                report v as it is now, under the label l
    {"do": "publish_shape", "label": l, "value": v}          report the shape of v

where a value is {"ref": n}, {"rng": seed} or a wire message, and the name "target" is the student's object.
"""

import contextlib
from typing import Any

import numpy as np

from mlpgrade import wire


def run(challenge: list[dict], target: Any) -> list[dict]:
    """Return, for each case, what was published and, where a step raised, which one and how."""
    return [run_case(case["steps"], target) for case in challenge]


def run_case(steps: list[dict], target: Any) -> dict:
    """Carry out one case. It ends at the first step that raises."""
    names = {"target": target}
    published: dict[str, dict] = {}
    for index, step in enumerate(steps):
        try:
            _carry_out(step, names, published)
        except Exception as error:  # whatever a student's code may raise is an answer, never a failure of grading
            return {
                "published": published,
                "failed": {"step": index, "error": type(error).__name__, "message": _text(error)},
            }
    return {"published": published}


def _carry_out(step: dict, names: dict[str, Any], published: dict[str, dict]) -> None:
    match step["do"]:
        case "bind":
            names[step["name"]] = _value(step["value"], names)
        case "call":
            function = names[step["object"]]
            if step["method"] is not None:
                function = getattr(function, step["method"])
            names[step["name"]] = function(*(_value(argument, names) for argument in step["args"]))
        case "attempt":
            with contextlib.suppress(Exception):
                _carry_out(step | {"do": "call"}, names, published)
        case "put":
            _put(names[step["object"]], step["attribute"], _value(step["value"], names))
        case "get":
            names[step["name"]] = getattr(names[step["object"]], step["attribute"])
        case "publish":
            published[step["label"]] = wire.encode(_value(step["value"], names))
        case "publish_shape":
            published[step["label"]] = wire.encode(list(np.shape(_value(step["value"], names))))


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
    if "rng" in message:
        return np.random.default_rng(message["rng"])
    return wire.decode(message)


def _text(error: Exception) -> str:
    try:
        return str(error)[:300]
    except Exception:  # a student's own exception class may fail to print
        return ""
