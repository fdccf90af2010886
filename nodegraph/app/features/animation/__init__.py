"""Animations of the open graph: both passes, or its training, as a file that plays."""
