"""Lessons beside the canvas."""
