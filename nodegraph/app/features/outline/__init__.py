"""The outline: the graph as a list, for keys and for screen readers."""
