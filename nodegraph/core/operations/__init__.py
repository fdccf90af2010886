"""The catalogue of operations, and the formulas that their records are written in."""
