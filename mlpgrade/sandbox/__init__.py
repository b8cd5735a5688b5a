"""Runs students' notebooks where they can do no harm: in a fork of a warm interpreter, inside bubblewrap.

Outside: `library` prepares what students' code may import, `bubblewrap` builds the walls, `runner` hands notebooks in and
takes outputs out. Inside: `zygote` waits warm and forks, `isolation` takes rights away, `cells` runs the notebook.
"""
