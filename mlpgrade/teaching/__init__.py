"""What an instructor does with marks: the class report."""
