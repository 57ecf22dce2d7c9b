"""Brief: the answer for a person, in the terminal, as HTML and as JSON."""
