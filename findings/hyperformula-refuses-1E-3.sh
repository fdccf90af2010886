#!/usr/bin/env bash
# HyperFormula refuses =1E-3, takes =1e-3, has INT(-2.5) as -2, and gives every value in eleven digits.
#
# Guess before running: it computes what spreadsheets do: 1E-3, as these write it, is 0.001; INT goes down, to -3; a value has the fifteen digits or
#   so of a double.
# Seen: a capital E in a formula is an error, though it is a number in a cell without =; INT(-2.5) is -2, the same as TRUNC's; 1/3 is 0.33333333333 and the
#   root of 2 is 1.4142135624, so that they differ from JavaScript's own from the eleventh digit on. MOD and FLOOR go down as they do in spreadsheets.
# Who meets it: who lets a sheet of a network's formulas be computed in a page, or checks the export of one: small constants are errors, a floor of a
#   negative number is another one, and a gradient check at 1e-12 fails.
# Versions: hyperformula 3.5.0; Node 20. Needs node, npm and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund hyperformula@3.5.0
cat > "$place/hf.cjs" <<'PROBE'
const { HyperFormula } = require("hyperformula");

function value(text) {
  const sheet = HyperFormula.buildFromArray([[text]], { licenseKey: "gpl-v3" });
  const found = sheet.getCellValue({ sheet: 0, row: 0, col: 0 });
  return found.value ?? found;
}

for (const text of ["=1E-3", "=1e-3", "=2.5E3*2", "=2.5e3*2", "1E-3", "=INT(-2.5)", "=TRUNC(-2.5)", "=FLOOR(-2.5,1)", "=MOD(-7,3)"]) console.log(text, "is", value(text));
for (const [text, own] of [["=1/3", 1 / 3], ["=SQRT(2)", Math.SQRT2], ["=EXP(-30)", Math.exp(-30)]]) console.log(text, "is", value(text), "in JavaScript", own);
PROBE
cat > "$place/expected" <<'EXPECTED'
=1E-3 is #ERROR!
=1e-3 is 0.001
=2.5E3*2 is #ERROR!
=2.5e3*2 is 5000
1E-3 is 0.001
=INT(-2.5) is -2
=TRUNC(-2.5) is -2
=FLOOR(-2.5,1) is -3
=MOD(-7,3) is 2
=1/3 is 0.33333333333 in JavaScript 0.3333333333333333
=SQRT(2) is 1.4142135624 in JavaScript 1.4142135623730951
=EXP(-30) is 9.3576229688e-14 in JavaScript 9.357622968840175e-14
EXPECTED
node "$place/hf.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
