"""Qt: everything that changes over time: the open document, its player, the window around the canvas."""
