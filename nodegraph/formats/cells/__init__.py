"""The text of a table: its letters, what parts its cells, what its rows and each cell mean."""
