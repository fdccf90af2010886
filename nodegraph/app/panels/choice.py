"""A drop-down list for panels."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from nodegraph.app.keys import keeps_plain_keys


@keeps_plain_keys
class Choice(QComboBox):
    """A drop-down list that keeps plain keys for itself while it has the focus."""
