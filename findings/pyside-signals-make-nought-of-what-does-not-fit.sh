#!/usr/bin/env bash
# A PySide signal of one type emits the nought of that type for what it cannot convert, and nobody gets an exception.
#
# Guess before running: Signal(str).emit(5), Signal(float).emit("2") and Signal(int).emit("3") raise TypeError, emit(2.7) of an int too, and an int that
#   is too large raises OverflowError.
# Seen: the receiver gets "", 0.0 and 0; 2.7 arrives as 2, 2³¹ as −2³¹, NaN as −2³¹, 0.5 as True and "x" as False of a bool. Something may be printed on
#   standard error; emit returns as ever. Signal(object) passes all on as it is.
# Who meets it: an editor whose value field hands on text, or a count of rows beyond two thousand millions: the node gets 0, and no traceback tells.
# Versions: PySide6-Essentials==6.11.3; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
cat > "$place/probe.py" <<'PROBE'
import math
import warnings

from PySide6.QtCore import QObject, Signal

warnings.simplefilter("ignore")


class Sender(QObject):
    int = Signal(int)
    float = Signal(float)
    str = Signal(str)
    bool = Signal(bool)
    object = Signal(object)


sender, got = Sender(), []


def receive(value):
    got.append(value)
    return None


for kind in ("int", "float", "str", "bool", "object"):
    getattr(sender, kind).connect(receive)
for kind, value in (
    ("int", 2.7), ("int", "3"), ("int", math.nan), ("float", "2"), ("float", 3),
    ("str", 5), ("str", None), ("bool", 0.5), ("bool", "x"), ("object", "2"),
):
    got.clear()
    try:
        getattr(sender, kind).emit(value)
        told = "no exception"
    except Exception as refused:
        told = type(refused).__name__
    print(f"Signal({kind}).emit({value!r}): {told}, received {got}")
PROBE
cat > "$place/expected" <<'EXPECTED'
Signal(int).emit(2.7): no exception, received [2]
Signal(int).emit('3'): no exception, received [0]
Signal(int).emit(nan): no exception, received [-2147483648]
Signal(float).emit('2'): no exception, received [0.0]
Signal(float).emit(3): no exception, received [3.0]
Signal(str).emit(5): no exception, received ['']
Signal(str).emit(None): no exception, received ['']
Signal(bool).emit(0.5): no exception, received [True]
Signal(bool).emit('x'): no exception, received [False]
Signal(object).emit('2'): no exception, received ['2']
EXPECTED
"$place/venv/bin/python" "$place/probe.py" 2>/dev/null > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
