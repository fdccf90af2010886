"""Looking closer: gradient check, forward mode, cost and sensitivity."""
