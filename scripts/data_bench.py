"""How long a table of 100,000 rows and 10 columns takes to be opened, beside pandas with the same file.

Both are given to this process in turn; the shortest processor time of each counts, all threads together.
"""

from __future__ import annotations

import importlib.util
import math
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from nodegraph.core.training.tables import Table
from nodegraph.formats.tables import any_table, csv_table, even_table
from scripts.engine_bench import Figure

ROWS, COLUMNS = 100_000, 10
MOST = 3.0
"""Times as long as pandas."""
NEEDED = ("pandas",)


def missing_peers() -> list[str]:
    """Which of the peers are not installed."""
    return [name for name in NEEDED if importlib.util.find_spec(name) is None]


def measured(rounds: int, tell: Callable[[Figure], None]) -> list[Figure]:
    """Measure each kind of file; pyarrow's where it is installed."""
    found: list[Figure] = []
    drawn = np.random.default_rng(1).normal(size=(COLUMNS, ROWS))
    has_arrow = importlib.util.find_spec("pyarrow") is not None
    with tempfile.TemporaryDirectory() as folder:
        for title, numbers in (("17 digits", drawn), ("3 digits", drawn.round(3))):
            path = Path(folder) / "table.csv"
            path.write_bytes(
                csv_table.write(Table("", tuple((f"c{n}", column) for n, column in enumerate(numbers))))
            )
            for way, least in (("pyarrow", 0), ("numpy", math.inf)) if has_arrow else (("numpy", math.inf),):
                even_table.LEAST_FOR_ARROW = least
                figure = _beside_pandas(f"CSV, {title}, by {way}", path, "read_csv", rounds)
                tell(figure)
                found.append(figure)
        if has_arrow:
            path = Path(folder) / "table.parquet"
            _write_parquet(path, drawn)
            figure = _beside_pandas("Parquet", path, "read_parquet", rounds)
            tell(figure)
            found.append(figure)
    return found


def _write_parquet(path: Path, numbers: np.ndarray) -> None:
    import pyarrow
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({f"c{n}": column for n, column in enumerate(numbers)}), path)


def _beside_pandas(title: str, path: Path, reader: str, rounds: int) -> Figure:
    import pandas

    read: Callable[[Path], Any] = getattr(pandas, reader)
    theirs = ours = math.inf
    for _ in range(rounds + 1):  # the first of each loads libraries, too
        theirs = min(theirs, _seconds(lambda: read(path)))
        ours = min(ours, _seconds(lambda: any_table.read_and_tell(path)))
    return Figure(f"{title}: beside pandas.{reader}", ours / theirs, goal=MOST, at_least=False)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
