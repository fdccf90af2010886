"""Graphs made from text, from networks and from copied fragments; search in a graph."""
