"""The text of the graph beside its drawing: what is typed there changes the graph, and the other way."""
