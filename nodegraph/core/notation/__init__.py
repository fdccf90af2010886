"""Text as people write it, put into the signs of a formula: no tree of ours, no graph."""
