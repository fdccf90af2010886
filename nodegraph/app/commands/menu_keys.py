"""Menu keys: the letter of an entry's title that chooses it. In one menu each letter means one entry;
an entry that stands in several menus may have another letter in some of them. Knows titles and actions, no
command.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

_MARKED = re.compile(r"&([^&\s])")


def key_of(title: str) -> str:
    """Returns the menu key of a title, or "".

    >>> key_of("Save &As…"), key_of("R && D"), key_of("Digits")
    ('a', '', '')
    """
    found = _MARKED.search(title.replace("&&", ""))
    return "" if found is None else found[1].lower()


def marked(title: str, taken: set[str]) -> str:
    """Returns a title whose menu key is none of these: its own, else the first letter of a word of it, else
    any letter of it; without a key where all are taken.

    >>> marked("&Copy", set()), marked("&Copy as Picture", {"c"}), marked("&To", {"t", "o"})
    ('&Copy', 'Copy &as Picture', 'To')
    """
    own = key_of(title)
    if own and own not in taken:
        return title
    plain = _MARKED.sub(r"\1", title, count=1)
    text, tab, keys = plain.partition("\t")
    places = [found.start() for found in re.finditer(r"\b[^\W_]", text)]
    places += [place for place, letter in enumerate(text) if letter.isalnum()]
    place = next((place for place in places if text[place].lower() not in taken), None)
    return plain if place is None else f"{text[:place]}&{text[place:]}{tab}{keys}"


def add_distinctly(menu: QMenu, actions: Sequence[QAction | None]) -> None:
    """Add actions to a menu, None as a line. A submenu, which is the menu bar's too, keeps its letter, and
    then what a person edits with; anything else has another one where its own is taken.
    """
    taken: set[str] = set()
    titles: dict[QAction, str] = {}
    in_order = sorted(filter(None, actions), key=_rank)
    for action in in_order:
        if (key := key_of(action.text())) and key not in taken:
            taken.add(key)
            titles[action] = action.text()
    for action in in_order:
        if action not in titles:
            titles[action] = marked(action.text(), taken)
            taken.add(key_of(titles[action]))
    for one in actions:
        if one is None:
            menu.addSeparator()
        else:
            menu.addAction(one if titles[one] == one.text() else _copy(one, titles[one], menu))


def _rank(action: QAction) -> int:
    """Returns how late an action chooses its letter."""
    return 0 if action.menu() is not None else 1 if action.objectName().startswith("edit.") else 2


def _copy(action: QAction, title: str, menu: QMenu) -> QAction:
    """Returns an action that does the same under another title."""
    shortcut = action.shortcut().toString()
    made = QAction(f"{title}\t{shortcut}" if shortcut and "\t" not in title else title, menu)
    made.setObjectName(action.objectName())
    made.setToolTip(action.toolTip())
    made.setEnabled(action.isEnabled())
    made.setCheckable(action.isCheckable())
    made.setChecked(action.isChecked())
    made.setIcon(action.icon())
    made.setIconVisibleInMenu(action.isIconVisibleInMenu())
    made.triggered.connect(action.trigger)
    return made
