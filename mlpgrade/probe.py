"""The only grading code beside the student's: it carries out a challenge's steps on their object and reports what came out.

It knows no expected value and reaches no verdict. A challenge is a list of cases, a case a list of steps, a step one of

    {"do": "bind", "name": n, "value": v}                    n = v
    {"do": "library", "path": p, "args": [...], "name": n}   n = p(...), p in mlpkit or mlpgrade.props
    {"do": "call", "object": o, "method": m, "args": [...], "kwargs": {...}, "name": n}
                                                             n = o.m(...), or o(...) when m is None
    {"do": "attempt", ...}                                   the same as call, but what it raises is ignored
    {"do": "raises", ..., "error": e, "label": l}            the same as call; report e if it raises one, else what it did
    {"do": "put", "object": o, "attribute": a, "value": v}   o.a = v, in place where shape and dtype allow
    {"do": "get", "object": o, "attribute": a, "name": n}    n = o.a
    {"do": "collect", "object": o, "limit": k, "name": n}    n = the first k things that o yields, as a list
    {"do": "trace", "object": o, "args": [x], "name": n}     n = what each of o.layers makes of x, in turn; see `_trace`
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
            names[step["name"]] = _library(step["path"])(*(_value(argument, names) for argument in step["args"]))
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
        case "collect":
            names[step["name"]] = list(itertools.islice(iter(names[step["object"]]), step["limit"]))
        case "trace":
            names[step["name"]] = _trace(names[step["object"]], _value(step["args"][0], names))
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


def _library(path: str) -> Any:
    module, _, name = path.rpartition(".")
    if module.split(".")[0] != "mlpkit" and not module.startswith("mlpgrade.props."):
        raise ValueError(f"{path} is in neither mlpkit nor mlpgrade.props.")
    return getattr(importlib.import_module(module), name)


def _trace(network: Any, X: Any) -> dict:
    """Send `X` through the layers of a network, nested ones too, and return what each made of it.

    A layer without W is also asked for its input with the numbers in other rows and columns: a function of each number
    alone does not mind. "home" is where the method `forward` was written.
    """
    layers, steps = list(network.layers), []
    while layers:
        layer = layers.pop(0)
        if hasattr(layer, "layers"):
            layers[:0] = layer.layers
            continue
        W, b, given = getattr(layer, "W", None), getattr(layer, "b", None), np.array(X)
        X = layer.forward(X)
        mixed = layer.forward(mix(given)) if W is None else None
        steps.append({"home": _home(layer), "W": W, "b": b, "output": np.array(X), "mixed": mixed})
    return {"home": _home(network), "layers": steps}


def mix(matrix: np.ndarray) -> np.ndarray:
    """Return the numbers of a matrix in another order, across rows and columns."""
    return matrix.ravel()[::-1].reshape(matrix.shape[::-1]).T.copy()


def _home(layer: Any) -> str:
    written = [kind for kind in type(layer).__mro__ if "forward" in vars(kind)]
    return f"{written[0].__module__}.{written[0].__qualname__}" if written else ""


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
