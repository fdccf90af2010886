"""The player, and the bar and the timeline it is led by."""
