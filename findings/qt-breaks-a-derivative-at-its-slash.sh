#!/usr/bin/env bash
# Qt breaks lines within ∂L/∂a, after the first bar of |x|, after the hyphen of a-b and between the brackets of w[0][1].
#
# Guess before running: with word wrap a line breaks at spaces, and a formula without spaces stays whole.
# Seen: ∂L/∂a may become ∂L/ and ∂a, |x|/x becomes |, x|/ and x, w[0][1] becomes w[0] and [1], a-b with a hyphen a- and b; a−b with the minus sign
#   U+2212, a×b, 3/4 and 1e-5 stay whole. "x = -4" breaks between the sign = and -4 only at the space. A word joiner U+2060 after the slash or bar holds
#   it together.
# Who meets it: who writes gradients into labels, tables or tooltips of Qt that wrap: a derivative is torn apart at the end of a line, and | stands
#   alone. nodegraph joins them.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
from PySide6.QtGui import QGuiApplication, QTextLayout, QTextOption

application = QGuiApplication([])
wrap = QTextOption()
wrap.setWrapMode(QTextOption.WrapMode.WordWrap)
for text in ("∂L/∂a", "∂L/\u2060∂a", "|x|/x", "|\u2060x|/\u2060x", "w[0][1]", "a-b", "a−b", "a×b+c", "3/4", "1e-5", "x = -4"):
    layout = QTextLayout(text)
    layout.setTextOption(wrap)
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(1)  # as narrow as can be: every break that is allowed is taken
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    print(ascii(text).strip("'") if "\u2060" in text else text, "->", "  ".join(lines).replace("\u2060", ""))
PROBE
cat > "$place/expected" <<'EXPECTED'
∂L/∂a -> ∂L/  ∂a
\u2202L/\u2060\u2202a -> ∂L/∂a
|x|/x -> |  x|/  x
|\u2060x|/\u2060x -> |x|/x
w[0][1] -> w[0]  [1]
a-b -> a-  b
a−b -> a−b
a×b+c -> a×b+c
3/4 -> 3/4
1e-5 -> 1e-5
x = -4 -> x  =  -4
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
