#!/usr/bin/env bash
# libSBML reads one formula in two ways: parseFormula makes ln(x), (-2)^2 and (2^3)^2 of what parseL3Formula reads as log10(x), -(2^2) and 2^(3^2).
#
# Guess before running: both read log(x) as the natural logarithm, -2^2 as -(2^2) and 2^3^2 as 2^(3^2), and what one writes the other reads.
# Seen: as above. 2x is refused by the one and is the number 2 with the unit x for the other. formulaToString writes (-x)^2 as -x^2, so that the text
#   that the library wrote comes back with another sign through the newer reader.
# Who meets it: who moves a model's formulas through text: a loss (-x)^2 or a log-likelihood changes its sign or loses a factor of 2.3.
# Versions: python-libsbml==5.21.2; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check python-libsbml==5.21.2
cat > "$place/probe.py" <<'PROBE'
import libsbml


def shown(tree):
    """The formula with every bracket."""
    parts = [shown(tree.getChild(i)) for i in range(tree.getNumChildren())]
    sign = {libsbml.AST_POWER: "^", libsbml.AST_FUNCTION_POWER: "^"}.get(tree.getType())
    if sign:
        return f"({parts[0]}{sign}{parts[1]})"
    return f"-({parts[0]})" if tree.getType() == libsbml.AST_MINUS and len(parts) == 1 else libsbml.formulaToL3String(tree)


for text in ("log(x)", "-2^2", "-x^2", "2^3^2", "2x", "1e-3"):
    for name, reader in (("parseFormula", libsbml.parseFormula), ("parseL3Formula", libsbml.parseL3Formula)):
        tree = reader(text)
        print(text, name, "refused" if tree is None else "is " + shown(tree))
square = libsbml.formulaToString(libsbml.parseFormula("-x^2"))
print("written as", square, "and read again as", libsbml.formulaToString(libsbml.parseL3Formula(square)))
PROBE
cat > "$place/expected" <<'EXPECTED'
log(x) parseFormula is ln(x)
log(x) parseL3Formula is log10(x)
-2^2 parseFormula is (-2^2)
-2^2 parseL3Formula is -((2^2))
-x^2 parseFormula is (-(x)^2)
-x^2 parseL3Formula is -((x^2))
2^3^2 parseFormula is ((2^3)^2)
2^3^2 parseL3Formula is (2^(3^2))
2x parseFormula refused
2x parseL3Formula is 2 x
1e-3 parseFormula is 1e-3
1e-3 parseL3Formula is 1e-3
written as -x^2 and read again as -(x^2)
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
