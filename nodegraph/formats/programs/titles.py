"""What programs can be written for, in words. Imports nothing that is slow to load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TITLES: Mapping[str, str] = {
    "python": "Python",
    "numpy": "NumPy",
    "torch": "PyTorch",
    "jax": "JAX",
    "micrograd": "micrograd",
}
"""The words that ask for them, with what they are called; the first one is proposed."""
VECTORISED = ("numpy", "torch", "jax")
"""Those that vectorised programs can be written for; the first one is proposed."""


@dataclass(frozen=True)
class Kind:
    """A kind of program: the library it is for, and whether it trains the graph on whole arrays."""

    to: str
    vectorised: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{TITLES[self.to]}, vectorised" if self.vectorised else TITLES[self.to]


PROGRAMS: Mapping[str, Kind] = {to: Kind(to) for to in TITLES} | {
    f"{to}_vectorised": Kind(to, vectorised=True) for to in VECTORISED
}
"""All kinds by a name; the first one is proposed."""
SUFFIX = ".py"
"""How the name of a program ends, whatever it is written for."""
