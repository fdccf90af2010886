"""Predict mode: numbers are asked for before they are shown."""
