# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Rescaling
#
# Write the function `rescale`, and say in a sentence what it is good for.

# %%
import numpy as np

# %% [markdown]
# ## Your function
#
# Run the cell after every change, then the test below it.

# %% nbgrader={"grade": false, "grade_id": "rescale", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rescale(X):
    """Return (scaled, ranges): X with each column moved and stretched to run from 0 to 1, and each column's range.

    X is (N, D) and stays as it is; scaled is (N, D); ranges is (D,), the largest value of a column minus its smallest.
    With X = [[1, 10], [3, 30]], scaled is [[0, 0], [1, 1]] and ranges is [2, 20].
    """
    ### BEGIN SOLUTION rescale: take each column's smallest value off, and divide by its range.
    lowest = X.min(axis=0)
    ranges = X.max(axis=0) - lowest
    return (X - lowest) / ranges, ranges
    ### END SOLUTION


# %% [markdown]
# ## Test · rescale ({{points of ASSIGNMENT-rescale}})

# %% nbgrader={"grade": true, "grade_id": "ASSIGNMENT-rescale", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
import mlpgrade; mlpgrade.grade("ASSIGNMENT-rescale", rescale)
### END HIDDEN TESTS
scaled, ranges = rescale(np.array([[1.0, 10.0], [3.0, 30.0], [2.0, 15.0]]))
assert np.allclose(scaled, [[0, 0], [1, 1], [0.5, 0.25]]), f"scaled is {scaled}"
assert np.allclose(ranges, [2, 20]), f"ranges is {ranges}"

# %% [markdown]
# ## A written question (2 points)
#
# Two columns hold a height in metres and a weight in grams. What would go wrong with distances between rows if you did not
# rescale them? Two sentences are enough. A person reads your answer.

# %% [markdown] nbgrader={"grade": true, "grade_id": "ASSIGNMENT-why", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# Your answer here.
