"""Records: what an instructor keeps in the classroom as plain files: roster, manifest of what came in, policy, voided tasks."""
