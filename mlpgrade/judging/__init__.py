"""Judging: challenge → probe → answers → verdict. It knows neither nbgrader nor files, nor any course.

What a judge.py imports stands here; `probe`, `wire`, `tools` and `handed` go beside the student's code as well.
"""
