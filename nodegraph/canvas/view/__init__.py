"""The view: turns events into calls, and gives assistive technology a text."""
