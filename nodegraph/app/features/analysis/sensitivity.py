"""The page on which an input is moved by hand, made apart from it: a plot takes a moment to load."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nodegraph.app.document.editor import Editing


def make_page(editing: Editing) -> QWidget:
    """The page, whose values are edits like all others."""
    from nodegraph.app.features.analysis.sensitivity_page import SensitivityPage

    page = SensitivityPage()
    page.value_wanted.connect(editing.set_value)
    return page
