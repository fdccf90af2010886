"""Names for the headings of tables, which Qt leaves without one where they are read aloud."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView, QTreeView


def name_headings(view: QTableView | QTreeView) -> None:
    """Name the headings above the rows and beside them."""
    if isinstance(view, QTreeView):
        view.header().setAccessibleName("Headings of the columns")
        return
    view.horizontalHeader().setAccessibleName("Headings of the columns")
    view.verticalHeader().setAccessibleName("Headings of the rows")
