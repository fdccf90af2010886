#!/usr/bin/env bash
# A macro of QUndoStack in which nothing was done is a step to undo, marks the document as changed, and throws away what could be redone.
#
# Guess before running: beginMacro and endMacro with no command between them, or with commands that call themselves obsolete, leave the stack as it was, as
#   push does with an obsolete command.
# Seen: an empty macro counts, canUndo() is True, undoing it does nothing; isClean() becomes False, and a document that was just saved asks to be saved.
#   beginMacro alone already drops the commands that could be redone. A macro whose only command was obsolete is left with no command in it, and is not
#   obsolete itself. push leaves an obsolete command out, at the cost of the redo as well.
# Who meets it: who wraps a drag or a replacement into a macro before knowing whether anything will change: a click without a move costs the user the redo,
#   and Ctrl+Z seems dead once. Begin the macro at the first change.
# Versions: PySide6-Essentials==6.12.0; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.12.0
cat > "$place/macros.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtGui import QGuiApplication, QUndoCommand, QUndoStack

application = QGuiApplication([])


class Nothing(QUndoCommand):
    def __init__(self):
        super().__init__("nothing")
        self.setObsolete(True)


def prepared():
    stack = QUndoStack()
    stack.push(QUndoCommand("first"))
    stack.push(QUndoCommand("second"))
    stack.undo()
    stack.setClean()
    return stack


def told(name, stack):
    print(f"{name}: {stack.count()} steps, clean {stack.isClean()}, undo {stack.undoText()!r}, redo {stack.redoText()!r}")


told("before", prepared())
stack = prepared()
stack.push(Nothing())
told("an obsolete command", stack)
stack = prepared()
stack.beginMacro("macro")
stack.endMacro()
told("an empty macro", stack)
stack.undo()
told("  and undone", stack)
stack = prepared()
stack.beginMacro("macro")
stack.push(Nothing())
stack.endMacro()
told("a macro of an obsolete command", stack)
print("commands in it:", stack.command(1).childCount(), "obsolete:", stack.command(1).isObsolete())
PROBE
cat > "$place/expected" <<'EXPECTED'
before: 2 steps, clean True, undo 'first', redo 'second'
an obsolete command: 1 steps, clean True, undo 'first', redo ''
an empty macro: 2 steps, clean False, undo 'macro', redo ''
  and undone: 2 steps, clean True, undo 'first', redo 'macro'
a macro of an obsolete command: 2 steps, clean False, undo 'macro', redo ''
commands in it: 0 obsolete: False
EXPECTED
"$place/venv/bin/python" "$place/macros.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
