"""Animations: both passes, or a training, as pictures with times, written one after the other into a file."""
