"""The forms of other systems, a file for each: its list of people, what was handed in to it, and what it takes back."""
