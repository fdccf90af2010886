"""The scene of a graph: its items, what they show of a frame, what is selected, and what is where."""
