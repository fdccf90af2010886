"""Words that people type for commands that are called otherwise here, as in other programs. Found where
nothing fits better.
"""

from __future__ import annotations

from collections.abc import Mapping

OTHER_WORDS: Mapping[str, str] = {
    "edit.delete": "remove clear erase",
    "edit.duplicate": "clone",
    "edit.find": "search",
    "edit.redo": "repeat",
    "edit.undo": "revert history",
    "file.export": "export as a picture image png svg pdf print screenshot share figure tikz",
    "file.export_animation": "video gif mp4 movie",
    "file.export_derivation": "latex markdown sheet",
    "file.export_program": "code python pytorch jax numpy",
    "file.from_text": "formula equation expression",
    "file.new_window": "tab",
    "file.open": "import load open recent",
    "file.quit": "exit",
    "file.welcome": "home start examples templates recent",
    "graph.insert_mlp": "neural network perceptron dense model",
    "graph.layout": "tidy auto layout autolayout clean up",
    "graph.mute": "disable bypass skip",
    "graph.note": "comment text sticky annotation",
    "help.about": "licence license version update credits",
    "help.guide": "manual documentation docs help",
    "help.shortcuts": "shortcuts hotkeys keys bindings settings preferences options",
    "pass.predict": "quiz test me exercise question",
    "train.load_table": "import csv parquet data set dataset",
    "train.run": "fit optimise optimize optimizer optimiser learn",
    "view.check": "numerical derivative verify",
    "view.derivation": "chain rule derive latex",
    "view.fit": "center centre show all reset zoom",
    "view.high_contrast": "accessibility",
    "view.inspector": "sidebar panel properties",
    "view.palette": "sidebar panel operations library",
    "view.presentation": "full screen fullscreen slides projector",
    "view.text_larger": "font size bigger",
    "view.theme": "dark mode light mode night colours colors",
}
"""Such words, by the id of the command."""
