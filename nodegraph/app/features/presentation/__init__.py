"""Presentation mode."""
