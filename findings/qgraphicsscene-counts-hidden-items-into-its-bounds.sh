#!/usr/bin/env bash
# QGraphicsScene.itemsBoundingRect counts what is hidden, transparent or clipped away, which scene.items() does not find.
#
# Guess before running: the bounds of a scene are those of what is to be seen, as items() with a rectangle finds what is to be seen: an item that is hidden or
#   has the opacity 0 is left out, and a part that its parent clips away, too.
# Seen: a hidden box 2000 units away is counted as long as it is in the scene, with the opacity 0 as well; a part beyond a box that clips its parts
#   (ItemClipsChildrenToShape) is counted, too, while the box's own childrenBoundingRect is empty. A rectangle of no size, the usual root of a group, is
#   counted with half of its pen.
# Who meets it: who exports a scene with scene.render() or fits a view to itemsBoundingRect: collapsed groups, hidden hints and filters make the picture
#   small, with an empty margin. Unite the sceneBoundingRect of items that are visible.
# Versions: PySide6-Essentials==6.12.0; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.12.0
cat > "$place/probe.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPen
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsRectItem, QGraphicsScene

application = QApplication([])


def box(left: float, parent: QGraphicsItem | None = None) -> QGraphicsRectItem:
    item = QGraphicsRectItem(QRectF(left, 0, 100, 50), parent)
    item.setPen(QPen(Qt.PenStyle.NoPen))
    item.setBrush(QBrush(Qt.GlobalColor.red))
    return item


def told(what: str, scene: QGraphicsScene) -> None:
    bounds = scene.itemsBoundingRect()
    print(f"{what}: itemsBoundingRect from {bounds.left():g} to {bounds.right():g}, items found there {len(scene.items(bounds))}")


scene = QGraphicsScene()
near, far = box(0), box(2000)
scene.addItem(near)
scene.addItem(far)
told("two boxes", scene)
far.hide()
told("the second one hidden", scene)
far.show()
far.setOpacity(0)
told("the second one of opacity 0", scene)
scene.removeItem(far)
told("the second one removed", scene)
near.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
part = box(3000, near)
told("a part that its box clips away", scene)
print(f"  childrenBoundingRect to {near.childrenBoundingRect().right():g}")
part.setParentItem(None)
scene.removeItem(part)
group = QGraphicsRectItem()
group.setPos(-5000, 0)
scene.addItem(group)
told("a rectangle of no size", scene)
PROBE
cat > "$place/expected" <<'EXPECTED'
two boxes: itemsBoundingRect from 0 to 2100, items found there 2
the second one hidden: itemsBoundingRect from 0 to 2100, items found there 1
the second one of opacity 0: itemsBoundingRect from 0 to 2100, items found there 1
the second one removed: itemsBoundingRect from 0 to 100, items found there 1
a part that its box clips away: itemsBoundingRect from 0 to 3100, items found there 1
  childrenBoundingRect to 0
a rectangle of no size: itemsBoundingRect from -5000.5 to 100, items found there 1
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
