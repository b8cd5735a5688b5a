"""Marking: a notebook runs on its challenges, and verdicts take the place of its outputs; here, or on a cluster."""
