#!/usr/bin/env bash
# How wide a QTabBar wants to be depends on which tab is in front, where the chosen tab is bold.
#
# Guess before running: sizeHint() of a tab bar has room for all tabs whichever is chosen, since Qt measures a tab by its font.
# Seen: with QTabBar::tab:selected { font-weight: bold } the hint counts the tab in front as bold and the others as not, so that it changes by some pixels with
#   every choice; a bar that was given the width of its hint while a short tab was in front cuts off the last tab once a long one is. Without
#   the rule the hint is the same for each.
# Who meets it: who gives a bar of tabs a fixed width, or lays it out once: the last tab is cut off after a click. Take the largest hint over all
#   tabs.
# Versions: PySide6-Essentials==6.11.3; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use (libEGL, libGL). Fails if
#   the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
cat > "$place/tabs.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication, QTabBar

application = QApplication([])
for title, sheet in {"plain": "", "bold in front": "QTabBar::tab { padding: 4px } QTabBar::tab:selected { font-weight: bold }"}.items():
    bar = QTabBar()
    bar.setStyleSheet(sheet)
    for name in ("Q", "Understanding gradients", "Training", "Table of data"):
        bar.addTab(name)
    widths = []
    for number in range(bar.count()):
        bar.setCurrentIndex(number)
        widths.append(bar.sizeHint().width())
    print(title + ":", "one width for all" if len(set(widths)) == 1 else "the width depends on the tab in front")
    print("  widest with", bar.tabText(widths.index(max(widths))), "in front" if len(set(widths)) > 1 else "or any other")
PROBE
cat > "$place/expected" <<'EXPECTED'
plain: one width for all
  widest with Q or any other
bold in front: the width depends on the tab in front
  widest with Understanding gradients in front
EXPECTED
"$place/venv/bin/python" "$place/tabs.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
