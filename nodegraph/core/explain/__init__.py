"""The chain rule in words and equations, and questions about it."""
