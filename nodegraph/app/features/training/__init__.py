"""Training: its page, its data, its run."""
