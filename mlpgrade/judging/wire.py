"""Values as JSON: how challenges go in to the student's process and answers come out of it.

Arrays travel as bytes with a shape and a dtype, never as pickles, which could run code when read. Sizes are bounded.
"""

import base64
from typing import Any

import numpy as np

MIME = "application/vnd.mlpgrade.answers+json"
"""Jupyter output type under which the probe publishes answers."""

MAX_BYTES = 8_000_000
"""Largest array that travels: a task's answers are a few kilobytes."""

MAX_ITEMS = 1000
NUMERIC = "fiub"


def encode(value: Any, depth: int = 4) -> dict:
    """Return the JSON form of an array, number, string, None, or a list or dictionary of these; else its type's name."""
    if isinstance(value, np.ndarray | np.generic):
        return _encode_array(value)
    if value is None or type(value) in (bool, int, float, str):
        return (
            {"plain": value} if len(str(value)) <= MAX_ITEMS else {"other": f"{type(value).__name__} that is very long"}
        )
    if isinstance(value, list | tuple) and depth and len(value) <= MAX_ITEMS:  # a named tuple is a pair like another
        kind = "tuple" if isinstance(value, tuple) else "list"
        return {"list": [encode(item, depth - 1) for item in value], "type": kind}
    if isinstance(value, dict) and depth and len(value) <= MAX_ITEMS:
        return {"dict": {str(key)[:100]: encode(item, depth - 1) for key, item in value.items()}}
    return {"other": type(value).__name__[:100]}


def decode(message: dict) -> Any:
    """Return the value that `encode` was given. Raises ValueError for anything that `encode` does not produce."""
    match message:
        case {"array": data, "dtype": str(dtype), "shape": list(shape)}:
            return _decode_array(data, dtype, shape)
        case {"plain": bool() | int() | float() | str() | None as value}:
            return value
        case {"list": list(items), "type": kind}:
            values = [decode(item) for item in items]
            return tuple(values) if kind == "tuple" else values
        case {"dict": dict(items)}:
            return {key: decode(item) for key, item in items.items()}
        case {"other": str(name)}:
            return Other(name[:200])
    raise ValueError("malformed value")


class Other:
    """Stands for a value that does not travel, such as a generator: only the name of its type is known."""

    def __init__(self, name: str):
        self.name = name

    def __repr__(self) -> str:
        return f"<{self.name}>"


def _encode_array(value: np.ndarray | np.generic) -> dict:
    array = np.array(value, copy=True, subok=False)
    if array.dtype.kind not in NUMERIC or array.nbytes > MAX_BYTES:
        return {"other": f"array of {array.dtype} of shape {array.shape}"[:200]}
    array = array.astype(array.dtype.newbyteorder("<"), order="C")
    return {"array": base64.b64encode(array.tobytes()).decode(), "dtype": array.dtype.str, "shape": list(array.shape)}


def _decode_array(data: str, dtype: str, shape: list) -> np.ndarray:
    kind = np.dtype(dtype)
    if kind.kind not in NUMERIC or len(data) > 2 * MAX_BYTES:
        raise ValueError("malformed array")
    return np.frombuffer(base64.b64decode(data), kind).reshape(shape).copy()
