"""What programs can be written for, in words. Imports nothing that is slow to load."""

from __future__ import annotations

from collections.abc import Mapping

TITLES: Mapping[str, str] = {
    "python": "Python",
    "numpy": "NumPy",
    "torch": "PyTorch",
    "jax": "JAX",
    "micrograd": "micrograd",
}
"""The words that ask for them, with what they are called; the first one is proposed."""
SUFFIX = ".py"
"""How the name of a program ends, whatever it is written for."""
