#!/usr/bin/env bash
# flatlatex, which writes LaTeX as plain Unicode, leaves out the brackets that a fraction needs.
#
# Guess before running: what is printed on one line means the same as the formula: \frac{a}{b}c is (a/b)c, \frac{1}{2x} is 1/(2x), \tanh x is tanh x.
# Seen: \frac{a}{b}c becomes a/bc, which reads as a/(bc); \frac{1}{2x} becomes ¹⁄₂ₓ, a fraction one half with an index x, and \frac{1}{x+1} is ¹⁄ₓ₊₁;
#   only larger ones such as \frac{a+b}{c} have their brackets. \tanh x becomes \tanhx, a command that is no command.
# Who meets it: who puts formulas into a chat, a commit message or a terminal with it: a gradient (∂L/∂b) · c reads as one over a product. Write
#   brackets into the LaTeX, or use what prints brackets; nodegraph's plain text has them.
# Versions: flatlatex==0.15; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check flatlatex==0.15
cat > "$place/probe.py" <<'PROBE'
from flatlatex import converter

flat = converter()
for formula in (
    r"\frac{a}{b}c",
    r"\frac{\partial L}{\partial b}c",
    r"\frac{1}{2x}",
    r"\frac{1}{x+1}",
    r"\frac{a+b}{c}",
    r"x^{-1}",
    r"\tanh x",
):
    print(formula, "->", flat.convert(formula))
PROBE
cat > "$place/expected" <<'EXPECTED'
\frac{a}{b}c -> a/bc
\frac{\partial L}{\partial b}c -> (∂L)/(∂b)c
\frac{1}{2x} -> ¹⁄₂ₓ
\frac{1}{x+1} -> ¹⁄ₓ₊₁
\frac{a+b}{c} -> (a+b)/c
x^{-1} -> x⁻¹
\tanh x -> \tanhx
EXPECTED
PYTHONWARNINGS=ignore "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
