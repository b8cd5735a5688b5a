"""Intake: what was handed in becomes a whole notebook with notes on what was put right, or a named refusal."""
