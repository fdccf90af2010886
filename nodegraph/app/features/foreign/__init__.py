"""Graphs that other programs wrote, opened with a look at what their words are taken for."""
