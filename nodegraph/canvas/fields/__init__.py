"""The fields in which names, numbers and notes are edited on the canvas."""
