"""The passes in flat arrays: in which order nodes run, and what is compiled of it."""
