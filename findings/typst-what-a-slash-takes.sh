#!/usr/bin/env bash
# In Typst a bracket right after a divisor goes beneath the line with it, and |x|/2 is a stroke over 2.
#
# Guess before running: the slash takes one operand on each side, as in arithmetic: a/b(c + d) is a over b, times
#   (c + d), and |x|/2 is |x| over 2, as (x)/2 and x!/2 are fractions of the whole.
# Seen: a/b(c + d) is a over b(c + d): a name with a bracket counts as a call, for values too. a/(b)(c + d) is
#   (a over b)(c + d). Of |x|/2 only the second stroke is over 2, since strokes are no brackets to the parser;
#   abs(x)/2 is right. Nothing warns, and the page looks like mathematics.
# Who meets it: who carries a formula from code or text over, where a product is written by a bracket: another
#   value stands on the page. Write a blank or a sign before the bracket.
# Versions: typst==0.15.2; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2
cat > "$place/probe.py" <<'PROBE'
import sys
from pathlib import Path

import typst

WALK = """
#let said(it) = {
  if it.func() == math.frac { "{" + said(it.num) + " over " + said(it.denom) + "}" }
  else if it.func() == math.lr { said(it.body) }
  else if it.has("children") { it.children.map(said).join("") }
  else if it.has("text") { it.text }
  else { " " }
}
"""
place = Path(sys.argv[1])
for formula in ("a/b(c + d)", "a/b (c + d)", "a/(b)(c + d)", "|x|/2", "(x)/2", "abs(x)/2"):
    (place / "page.typ").write_text(f"{WALK}#metadata(said(${formula}$.body)) <said>")
    print(formula, "is", typst.query(place / "page.typ", "<said>", field="value", one=True).strip('"'))
PROBE
cat > "$place/expected" <<'EXPECTED'
a/b(c + d) is {a over b(c + d)}
a/b (c + d) is {a over b} (c + d)
a/(b)(c + d) is {a over b}(c + d)
|x|/2 is |x{| over 2}
(x)/2 is {x over 2}
abs(x)/2 is {|x| over 2}
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
