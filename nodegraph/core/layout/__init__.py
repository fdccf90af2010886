"""Where nodes are placed on the canvas."""
