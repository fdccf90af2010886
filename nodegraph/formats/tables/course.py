"""The course of a training as a table for a file: a row for each step that was kept."""

from __future__ import annotations

from nodegraph.core.training.descent import Training
from nodegraph.core.training.tables import Table
from nodegraph.formats.tables import csv_table


def write(training: Training) -> bytes:
    """Returns step, loss, what was found beside it (empty cells where nothing was looked for) and every
    parameter as CSV.
    """
    names, numbers = training.history_table()
    columns = zip(names, numbers.T.tolist(), strict=True)
    table = Table("", tuple((name, tuple(column)) for name, column in columns))
    return csv_table.write(table, gaps=names[2 : training.history.first_parameter])
