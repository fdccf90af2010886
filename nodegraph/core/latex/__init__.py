"""LaTeX as people paste it, in the signs of a formula."""
