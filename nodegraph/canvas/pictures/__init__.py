"""Pictures of what is painted again and again: drawn once and kept until it looks different."""
