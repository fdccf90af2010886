"""What a lesson is, reads, waits for and says. Imports no Qt."""
