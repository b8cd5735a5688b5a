"""What an author of assignments needs: begin one, check that it is fit for a class, publish the students' repository."""
