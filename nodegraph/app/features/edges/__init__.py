"""Edges: what can be done with one, going to it by keys, and to what it is between."""
