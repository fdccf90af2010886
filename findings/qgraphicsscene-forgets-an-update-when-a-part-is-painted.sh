#!/usr/bin/env bash
# In Qt a view that paints a part at once forgets that its whole scene was to be painted again.
#
# Guess before running: after QGraphicsScene.update() the whole view is painted soon, whatever part of it is painted before, as a widget does after
#   QWidget.update().
# Seen: scene.update() followed by a repaint of 30 × 30 pixels of the viewport, in the same turn, leads to this one painting alone: the rest is never
#   painted again. With viewport.update() in place of scene.update() the whole view is painted. Without a repaint between, scene.update() paints all, also
#   beside parts that were asked for.
# Who meets it: who changes the look of all items (a theme, labels shown or hidden) while an animation repaints a part: old pictures stay in pieces on
#   the screen until something else paints. Ask each view's viewport for its update, as nodegraph does.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

application = QApplication([])
painted = []


class View(QGraphicsView):
    def paintEvent(self, event):
        size = event.region().boundingRect().size()
        painted.append(f"{size.width()} x {size.height()}")
        super().paintEvent(event)


scene = QGraphicsScene(0, 0, 200, 200)
view = View(scene)
view.setFrameStyle(0)
view.resize(220, 220)
view.show()
viewport, part = view.viewport(), QRect(10, 10, 30, 30)


def turns():
    for _ in range(5):
        application.processEvents()


turns()
for name, steps in (
    ("scene.update()", [scene.update]),
    ("viewport.update(part), scene.update()", [lambda: viewport.update(part), scene.update]),
    ("scene.update(), viewport.repaint(part)", [scene.update, lambda: viewport.repaint(part)]),
    ("viewport.update(), viewport.repaint(part)", [viewport.update, lambda: viewport.repaint(part)]),
):
    painted.clear()
    for step in steps:
        step()
    turns()
    print(f"{name}: painted {', then '.join(painted)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
scene.update(): painted 220 x 220
viewport.update(part), scene.update(): painted 220 x 220
scene.update(), viewport.repaint(part): painted 30 x 30
viewport.update(), viewport.repaint(part): painted 220 x 220
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
