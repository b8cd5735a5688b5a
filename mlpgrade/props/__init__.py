"""Things that a challenge hands to the student's code: functions, layers and losses, one module for an assignment.

They run beside the student's code, so that they hold no answer to any task.
"""
