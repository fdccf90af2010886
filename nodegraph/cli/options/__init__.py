"""What may be typed after a command, in parts: read by argparse, done elsewhere."""
