"""Names that several test files use."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT = "04_linear_layer"
