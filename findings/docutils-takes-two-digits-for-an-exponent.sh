#!/usr/bin/env bash
# docutils sets x^12 as x to the twelfth, puts the 1 of \hat y_1 beneath the y, and \frac12 as its source.
#
# Guess before running: MathML of a formula in reStructuredText says what LaTeX says: x^12 is x to the first times 2, \hat y_1^2 has its 1 as a subscript,
#   \frac12 is a half; what it does not know is reported.
# Seen: digits after ^ are one exponent, though digits after \sqrt are not; an index of a letter with a hat goes below it, where limits of a sum stand; in a'^2 the
#   square is that of the prime. \frac12 and \tfrac12 come out as their source.
# Who meets it: who writes notes or documentation in reStructuredText without MathJax: formulas look right and say something else. Braces around
#   exponents and numerators help, around a letter with a hat they do not.
# Versions: docutils==0.23; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check docutils==0.23
cat > "$place/du.py" <<'PROBE'
import re

from docutils.core import publish_parts

for formula in ("x^12", "x^{1}2", r"\sqrt2x", r"\hat y_1^2", r"{\hat y}_1^2", "a'^2", r"\frac12", r"\frac{1}{2}"):
    settings = {"math_output": "MathML", "report_level": 5}
    body = publish_parts(f":math:`{formula}`", writer="html5", settings_overrides=settings)["body"]
    inner = re.search(r"<math[^>]*>(.*)</math>|(<tt.*</tt>)", body, re.S)
    print(formula, "is", re.sub(r"\s+", "", re.sub(r' (stretchy|class)="[^"]*"', "", inner[1] or inner[2])))
PROBE
cat > "$place/expected" <<'EXPECTED'
x^12 is <msup><mi>x</mi><mn>12</mn></msup>
x^{1}2 is <msup><mi>x</mi><mn>1</mn></msup><mn>2</mn>
\sqrt2x is <msqrt><mn>2</mn></msqrt><mi>x</mi>
\hat y_1^2 is <msup><munderover><mi>y</mi><mn>1</mn><mo>ˆ</mo></munderover><mn>2</mn></msup>
{\hat y}_1^2 is <msup><munderover><mi>y</mi><mn>1</mn><mo>ˆ</mo></munderover><mn>2</mn></msup>
a'^2 is <mi>a</mi><msup><mo>'</mo><mn>2</mn></msup>
\frac12 is <tt>\frac12</tt>
\frac{1}{2} is <mfrac><mn>1</mn><mn>2</mn></mfrac>
EXPECTED
"$place/venv/bin/python" "$place/du.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
