#!/usr/bin/env bash
# pylatexenc turns LaTeX formulas into text without the braces, and so into other formulas: (a+b)/c becomes a+b/c.
#
# Guess before running: \frac{a+b}{c} becomes (a+b)/c, as \sqrt{a+b} becomes √(a+b); x^{a+b} keeps its braces or
#   gets brackets; the 3 of a cube root is kept.
# Seen: \frac{a+b}{c} is "a+b/c", \frac{a}{b+c} is "a/b+c", \frac{1}{2x} is "1/2x", x^{a+b} is "x^a+b",
#   x^{2n} is "x^2n", and \sqrt[3]{x} is "√(x)", a square root. Only square roots get brackets.
# Who meets it: who makes plain text of formulas, for a search, a label, a screen reader or to calculate with it:
#   the text is a well-formed formula with another value, so nothing warns. With a=6, b=2, c=4 it is 6.5, not 2.
# Versions: pylatexenc==2.11; Python 3.11; Linux. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pylatexenc==2.11
cat > "$place/probe.py" <<'PROBE'
from pylatexenc.latex2text import LatexNodes2Text

text = LatexNodes2Text().latex_to_text
for formula in (r"\frac{a+b}{c}", r"\frac{a}{b+c}", r"\frac{1}{2x}", r"x^{a+b}", r"x^{2n}", r"\sqrt[3]{x}", r"\sqrt{a+b}"):
    print(formula, "->", text(f"${formula}$"))
a, b, c = 6, 2, 4
print("value of the text", eval(text(r"$\frac{a+b}{c}$")), "of the formula", (a + b) / c)
PROBE
cat > "$place/expected" <<'EXPECTED'
\frac{a+b}{c} -> a+b/c
\frac{a}{b+c} -> a/b+c
\frac{1}{2x} -> 1/2x
x^{a+b} -> x^a+b
x^{2n} -> x^2n
\sqrt[3]{x} -> √(x)
\sqrt{a+b} -> √(a+b)
value of the text 6.5 of the formula 2.0
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
