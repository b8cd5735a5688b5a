"""nbgrader's side: sources and releases, its preprocessors, a class's marks in the gradebook, and feedback pages."""
