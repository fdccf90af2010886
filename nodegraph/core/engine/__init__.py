"""Both passes over a compiled plan, and what is computed from their numbers."""
