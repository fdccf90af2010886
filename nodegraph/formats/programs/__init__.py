"""A graph as a program that computes the same numbers: plain Python, NumPy, PyTorch, JAX or micrograd."""
