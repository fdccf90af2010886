"""The document's data, as a table to look at and to make ready."""
