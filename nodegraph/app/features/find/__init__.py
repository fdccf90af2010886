"""Finding nodes by name or operation."""
