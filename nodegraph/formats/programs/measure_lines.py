"""Measures of a training as a function of a vectorised program: what is predicted beside what should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

ANSWERS, SHOW = "answers", "show_measures"
"""What the functions are called: predictions and targets, and what prints the measures of them."""
_TEXTS: Mapping[str, str] = {
    "accuracy": "(np.isfinite(y).all(0) & (guessed == meant)).mean()",
    "mae": "np.abs(y - t).mean()",
    "rmse": "np.sqrt(np.square(y - t).mean())",
    "r2": "(1 - np.square(t - y).sum(1) / np.square(t - t.mean(1, keepdims=True)).sum(1)).mean()",
}
_CLASSES = "guessed, meant = ({0} for one in (y, t))"
_LARGEST, _BETWEEN = "one.argmax(0)", "np.searchsorted(EDGES, one[0])"


@dataclass(frozen=True)
class Measures:
    """The measures `names` of a training of `outputs` predictions; `edges` part the classes of a single one.
    `plain` makes an array of NumPy of one of the library.
    """

    names: Sequence[str]
    outputs: int
    edges: Sequence[float]
    plain: str
    says: str

    def constants(self) -> Iterator[str]:
        """Where classes meet, if that is asked for."""
        if "accuracy" in self.names and self.outputs == 1:
            yield f"EDGES = {list(self.edges)!r}  # where one class ends and the next begins"

    def answers(self, arguments: str, values: Sequence[str], predictions: str, targets: str) -> str:
        """Returns the function that computes predictions and targets."""
        lines = [
            f"def {ANSWERS}({arguments}):",
            '    """Returns what is predicted in each row, and what it should be."""',
        ]
        lines += [f"    {line}" for line in values]
        return "\n".join([*lines, f"    return {predictions}, {targets}"])

    def shown(self, arguments: str) -> str:
        """Returns the function that prints the measures of some rows."""
        given = self.plain.format("one")
        lines = [
            f"def {SHOW}(said, {arguments}):",
            f"    y, t = ({given} for one in {ANSWERS}({arguments}))",
        ]
        if "accuracy" in self.names:
            lines.append(f"    {_CLASSES.format(_LARGEST if self.outputs > 1 else _BETWEEN)}")
        lines += [f'    {self.says}(f"{{said}}: {name} =", float({_TEXTS[name]}))' for name in self.names]
        return "\n".join(lines)
