"""Numbers that remember how they were computed, as micrograd has them, and both passes over these."""
