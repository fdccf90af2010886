"""About: which version this is, and the licences of what it is made of."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

import nodegraph
from nodegraph.app.platform import style
from nodegraph.app.widgets.dialog import Dialog, buttons_of
from nodegraph.app.widgets.text import Text

PARTS = (
    ("Qt and PySide6", "LGPL 3, the Qt Company and contributors"),
    ("networkx", "BSD 3-Clause, the NetworkX developers"),
    ("NumPy", "BSD 3-Clause, the NumPy developers"),
    ("pyqtgraph", "MIT, the PyQtGraph developers"),
    ("ziamath and ziafont", "MIT, Collin J. Delker; with STIX Two Math, SIL Open Font License 1.1"),
    ("latex2mathml", "MIT, Ronie Martinez"),
    (
        "markdown-it-py and mdurl",
        "MIT, Executable Books; Taneli Hukkinen; after markdown-it, Vitaly Puzrin and Alex Kocharin",
    ),
    ("shtab", "MPL 2.0, Casper da Costa-Luis and the tqdm developers"),
    ("Inter", "SIL Open Font License 1.1, the Inter Project Authors"),
    ("Python", "PSF License, Python Software Foundation"),
)


class AboutDialog(Dialog):
    """Name, version, licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about")
        self.setWindowTitle("About nodegraph")
        name = QLabel("nodegraph")
        style.set_role(name, "hero")
        lead = Text("lead")
        lead.say("Computational graphs in which backpropagation can be watched, step by step.")
        version = Text()
        version.say(
            f"Version {nodegraph.__version__}, with Qt {qVersion()} and Python {platform.python_version()}."
        )
        licence = Text()
        licence.say("Free software under the MIT licence. It is made with:")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(26), style.px(22), style.px(26), style.px(18))
        layout.setSpacing(style.px(8))
        for widget in (name, lead, version, licence):
            layout.addWidget(widget)
        for part, terms in PARTS:
            line = Text()
            line.say(f"{part}: {terms}", f"<b>{part}</b> &nbsp; {terms}")
            layout.addWidget(line)
        layout.addStretch(1)
        close = QPushButton("&Close", default=True)
        close.clicked.connect(self.accept)
        layout.addLayout(buttons_of(close))
        width = style.px(460)
        self.setFixedSize(width, layout.totalHeightForWidth(width))
