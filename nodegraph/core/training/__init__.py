"""Gradient descent over rows of data."""
