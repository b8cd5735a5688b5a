"""From scores to classes: the largest of several logits wins; of a single one the sign decides."""

import warnings

import numpy as np

from mlpkit.arrays import as_array, as_floats, as_labels
from mlpkit.layers import Layer

NOBODY = -1
"""The class of a row with NaN among its scores: none."""


def predicted(owner: object, scores: np.ndarray, threshold: float | None = None) -> np.ndarray:
    """Return the class of each row of scores, shape (N, C), or (N,) and (N, 1) for two classes: 1 above the threshold.

    The threshold is 0, since scores are logits. A single score that is between 0 and 1 everywhere, on both sides of ½,
    is perhaps a probability: then ValueError asks for the threshold. Rows with NaN are of the class `NOBODY`.
    """
    scores = as_floats(owner, "scores", scores)
    if scores.ndim not in (1, 2) or scores.size == 0:
        raise ValueError(f"{owner}: scores must have shape (N, C), or (N,) for two classes, but have {scores.shape}.")
    if scores.size > len(scores):
        return np.where(np.isnan(scores).any(axis=1), NOBODY, scores.argmax(axis=1))
    scores = scores.ravel()
    known = scores[~np.isnan(scores)]
    if threshold is None and known.size and 0 <= known.min() < 0.5 < known.max() <= 1:
        raise ValueError(
            f"{owner}: every score lies between 0 and 1: is it a probability? Pass threshold=0.5 if so, threshold=0 for logits."
        )
    return np.where(np.isnan(scores), NOBODY, scores > (threshold or 0))


def accuracy(network: Layer, X: np.ndarray, labels: np.ndarray, *, threshold: float | None = None) -> float:
    """Return the share of rows whose largest logit is at the label; with one logit a row, whose sign says 0 or 1.

    With a sigmoid as last layer pass `threshold=0.5`. NaN is never right: RuntimeWarning says how many rows have it.
    """
    scores = as_floats("accuracy", "what forward returns", network.forward(as_array("accuracy", "X", X)))
    answers = predicted("accuracy", scores, threshold)
    labels = as_array("accuracy", "labels", labels)
    one = scores.size == len(scores)
    if one and labels.shape == (len(scores), 1):
        labels = labels.ravel()
    labels = as_labels("accuracy", labels, len(scores), 2 if one else scores.shape[1])
    if lost := int(np.sum(answers == NOBODY)):
        message = f"accuracy: {lost} of {len(answers)} rows have NaN among their logits and count as wrong."
        warnings.warn(message, RuntimeWarning, stacklevel=2)
    return float(np.mean(answers == labels))
