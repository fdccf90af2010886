"""Passes over many rows of data at once, and what need not be done for each of them."""
