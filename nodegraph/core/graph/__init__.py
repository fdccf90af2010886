"""The graph, its records, and every change that can be made to it."""
