"""Graphs that other programs wrote: which operations their nodes mean, and what they become."""
