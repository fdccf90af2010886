"""Qt: paints a graph and a frame, and reports what the hand does. Opens no file and changes no graph."""
