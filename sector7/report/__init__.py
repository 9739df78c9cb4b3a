"""What is shown of a run: a table on the terminal, and the collection and the page of an HTML report."""
