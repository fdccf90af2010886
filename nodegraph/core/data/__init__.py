"""Data to train on: made from a seed, and made ready. Knows tables; no file."""
